import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { eventLogMigrations } from '@lead-rotator/event-log';
import type { RecordedEvent } from '@lead-rotator/event-sourcing';
import { createPool, createTestDatabase, type TestDatabase } from '@lead-rotator/postgres';
import { type DifferentRow, readModelMigrations, type TableProjection } from '@lead-rotator/read-models';
import type { Pool } from 'pg';
import { cleanStory } from '../testing/clean-story.ts';
import { tableReadModelCheck } from './table-read-model-check.ts';

const { events } = cleanStory();

const owners: TableProjection = {
  name: 'owners',
  version: 1,
  types: ['LeadAssigned', 'LeadReassigned'],
  async apply(client, applied) {
    for (const { data } of applied as readonly { data: { leadId: string; ownerId: string } }[]) {
      await client.query(
        'insert into owners values ($1, $2) on conflict (lead_id) do update set owner_id = excluded.owner_id',
        [data.leadId, data.ownerId],
      );
    }
  },
  clear: async (client) => void (await client.query('delete from owners')),
};

describe('the check of tables', () => {
  let database: TestDatabase;
  let pool: Pool;

  beforeAll(async () => {
    database = await createTestDatabase([...eventLogMigrations, ...readModelMigrations]);
    pool = createPool({ url: database.url, applicationName: 'table check' });
    await pool.query('create table owners (lead_id text primary key, owner_id text not null)');
    await apply(events);
    await pool.query(
      'insert into projection_cursors (name, version, log_id, position) values ($1, 1, gen_random_uuid(), $2)',
      ['owners', events.length],
    );
  });

  afterAll(async () => {
    await pool?.end();
    await database?.drop();
  });

  async function apply(applied: readonly RecordedEvent[]): Promise<void> {
    const client = await pool.connect();
    await owners.apply(
      client,
      applied.filter(({ type }) => owners.types.includes(type)),
    );
    client.release();
  }

  async function differences(): Promise<readonly DifferentRow[]> {
    const model = await tableReadModelCheck(pool, owners, ['owners']).open();
    expect(model.position).toBe(events.length);
    await model.replay(events);
    const { different } = await model.compare();
    await model.close();
    return different;
  }

  it('gives large tables the time they take', async () => {
    await pool.query('create table many (lead_id text primary key, owner_id text not null)');
    await pool.query("insert into many select n, 'ann' from generate_series(1, 300000) as n");
    const hurried = createPool({ url: database.url, applicationName: 'table check', statementMilliseconds: 200 });
    const model = await tableReadModelCheck(hurried, { ...owners, name: 'many' }, ['many']).open();
    const { rows, different } = await model.compare();
    expect([rows, different.length]).toEqual([300_000, 1_000]);
    await model.close();
    await hurried.end();
  });

  it('finds nothing in tables that are those of a replay, and leaves nothing behind', async () => {
    expect(await differences()).toEqual([]);
    expect(await differences()).toEqual([]);
  });

  it('goes on when reading the topic has taken longer than a service may leave a transaction idle', async () => {
    const settings = { idle_in_transaction_session_timeout: '50' };
    const impatient = createPool({ url: database.url, applicationName: 'table check', settings });
    const model = await tableReadModelCheck(impatient, owners, ['owners']).open();
    await sleep(300);
    await model.replay(events);
    expect((await model.compare()).different).toEqual([]);
    await model.close();
    await impatient.end();
  });

  it('finds rows that were changed, removed and added by hand', async () => {
    await pool.query(`update owners set owner_id = 'stranger' where lead_id = 'S1'`);
    await pool.query(`delete from owners where lead_id = 'S2'`);
    await pool.query(`insert into owners values ('X1', 'ann')`);
    expect(await differences()).toEqual([
      { row: 'S1', how: 'another content' },
      { row: 'S2', how: 'missing' },
      { row: 'X1', how: 'not in the replay' },
    ]);
  });
});
