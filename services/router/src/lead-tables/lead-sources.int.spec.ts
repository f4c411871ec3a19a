import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { InMemoryEventLog } from '@lead-rotator/event-log';
import type { RecordedEvent } from '@lead-rotator/event-sourcing';
import { createPool, serviceRole, type TestDatabase } from '@lead-rotator/postgres';
import type { Pool } from 'pg';
import { assignCapturedLead } from '../decisions/assign-captured-lead.ts';
import { capture, leadCaptured } from '../testing/captured.ts';
import { RouterCopy } from '../testing/router-copy.ts';
import { createRouterDatabase } from '../testing/running-router.ts';
import { LeadTablesProjection } from './lead-tables.projection.ts';

describe('the source of a lead', () => {
  const log = new InMemoryEventLog();
  let database: TestDatabase;
  let pool: Pool;
  let events: readonly RecordedEvent[];

  beforeAll(async () => {
    database = await createRouterDatabase();
    pool = createPool({ url: database.url, applicationName: 'spec', role: serviceRole });
    const copy = new RouterCopy(log);
    await copy.setUpTeam('ann', 'bob');
    const leads = await capture(log, leadCaptured('L1'), leadCaptured('L2'));
    await copy.decideLeads.decide(leads.map((lead) => assignCapturedLead(lead, true)));
    events = (await log.read()).events;
  });

  afterAll(async () => {
    await pool?.end();
    await database?.drop();
  });

  /** The sources after these pages, each applied by a projection of its own, as after a new start. */
  async function sourcesAfter(...pages: readonly (readonly RecordedEvent[])[]) {
    const client = await pool.connect();
    try {
      await new LeadTablesProjection(log).clear(client);
      for (const page of pages) await new LeadTablesProjection(log).apply(client, page);
      const { rows } = await client.query('select lead_id, owner_id, source from owned_leads order by lead_id');
      return rows;
    } finally {
      client.release();
    }
  }

  const withSource = [
    { lead_id: 'L1', owner_id: 'ann', source: 'spec' },
    { lead_id: 'L2', owner_id: 'bob', source: 'spec' },
  ];

  it('is known where it is captured and assigned in one page', async () => {
    expect(await sourcesAfter(events)).toEqual(withSource);
  });

  it('is read from the log where it was captured before the start', async () => {
    const assigned = events.findIndex(({ type }) => type === 'LeadAssigned');
    expect(await sourcesAfter(events.slice(0, assigned), events.slice(assigned))).toEqual(withSource);
  });
});
