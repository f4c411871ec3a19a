import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createPool, serviceRole, type TestDatabase } from '@lead-rotator/postgres';
import type { Pool } from 'pg';
import { loadSql } from '../load-sql.ts';
import { createSlaDatabase } from '../testing/running-sla.ts';
import { WaitingTable } from './waiting-table.ts';

let database: TestDatabase;
let pool: Pool;
beforeAll(async () => {
  database = await createSlaDatabase();
  pool = createPool({ url: database.url, applicationName: 'sla spec', role: serviceRole });
});
afterAll(async () => {
  await pool.end();
  await database.drop();
});

const wait = (organization: string, rotationId: string, since: number, changed = 0, leads = 1) =>
  pool.query(
    `insert into waiting_leads (organization, lead_id, since, rotation_id, changed)
     select $1, $1 || $2 || $3::bigint || '-' || number, $3::bigint + number - 1, $2, $4
     from generate_series(1, $5::integer) as number`,
    [organization, rotationId, since, changed, leads],
  );

describe('the rotations in which leads wait', () => {
  it('are none when no lead waits', async () => {
    expect(await new WaitingTable(pool).rotations()).toEqual([]);
  });

  it('are told of each organization, with the lead that waits last and the newest change', async () => {
    await wait('acme', 'web', 10, 25);
    await wait('acme', 'web', 20);
    await wait('acme', 'phone', 5);
    await wait('zeta', 'web', 7, 9);
    await wait('Äon', 'Ärger', 30);
    const found = (await new WaitingTable(pool).rotations()).map(
      ({ organizationId, rotationId, newest, changed }) => `${organizationId} ${rotationId} ${newest} ${changed}`,
    );
    expect(found.toSorted()).toEqual(['acme phone 5 0', 'acme web 20 25', 'zeta web 7 9', 'Äon Ärger 30 0']);
  });

  it('are found without reading the leads that wait in them', async () => {
    await wait('acme', 'web', 100, 0, 20_000);
    const { rows } = await pool.query(`explain (analyze, format json) ${loadSql('select-waiting-rotations')}`);
    expect(rowsRead(rows[0]['QUERY PLAN'][0].Plan)).toBeLessThan(100);
  });
});

interface PlanNode {
  readonly 'Actual Rows': number;
  readonly 'Actual Loops': number;
  readonly 'Rows Removed by Filter'?: number;
  readonly Plans?: readonly PlanNode[];
}

/** By all parts of the plan, those that were thrown away included. */
function rowsRead(node: PlanNode): number {
  const own = (node['Actual Rows'] + (node['Rows Removed by Filter'] ?? 0)) * node['Actual Loops'];
  return (node.Plans ?? []).reduce((sum, child) => sum + rowsRead(child), own);
}
