import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { type EventLog, eventLogMigrations, PostgresEventLog } from '@lead-rotator/event-log';
import type { Unit } from '@lead-rotator/event-sourcing';
import { checkLedger } from '@lead-rotator/ledger-check';
import { createTestDatabase, type TestDatabase } from '@lead-rotator/postgres';
import { capture, leadCaptured } from '../testing/captured.ts';
import { RouterCopy, start } from '../testing/router-copy.ts';
import { assignCapturedLead } from './assign-captured-lead.ts';

/** What a log is handed in place of its units. */
type Change = (unit: Unit) => Unit;

const asItIs: Change = (unit) => unit;
const withoutGuards: Change = (unit) => ({ ...unit, guards: [] });
const underAnyId: Change = (unit) => ({ ...unit, id: randomUUID() });

/* What keeps the log whole is switched off, one at a time: each time something must tell. */
describe('a log and two routers', () => {
  let database: TestDatabase;
  let logs: PostgresEventLog[];

  beforeEach(async () => {
    database = await createTestDatabase(eventLogMigrations);
    logs = [];
  });
  afterEach(async () => {
    await Promise.all(logs.map((log) => log.close()));
    await database.drop();
  });

  function openLog(change: Change): EventLog {
    const log = new PostgresEventLog({ url: database.url, applicationName: 'spec' });
    logs.push(log);
    const appendAll = log.appendAll.bind(log);
    log.append = async (unit) => (await appendAll([change(unit)]))[0] as Awaited<ReturnType<EventLog['append']>>;
    log.appendAll = (units) => appendAll(units.map(change));
    return log;
  }

  /** Both have decided before either appends: each has its own lead, and the same turn of one rotation. */
  async function decideAtOnce(change: Change): Promise<Partial<Record<string, number>>> {
    const [one, other] = [openLog(change), openLog(change)];
    await new RouterCopy(one).setUpTeam('ann', 'bob', 'eve');
    const leads = await capture(one, ...['L1', 'L2', 'L3', 'L4'].map((id) => leadCaptured(id)));
    const both = meeting(2);
    await Promise.all(
      [one, other].map((log, copy) => {
        const append = log.appendAll;
        log.appendAll = async (units) => {
          await both();
          return append(units);
        };
        const own = leads.filter((_, index) => index % 2 === copy);
        return new RouterCopy(log).decideLeads.decide(own.map((lead) => assignCapturedLead(lead, true)));
      }),
    );
    return faultsOf(one);
  }

  async function faultsOf(log: EventLog) {
    return (await checkLedger({ log, settings: { now: start } })).faultCounts;
  }

  it('are found to be whole, however close the race', async () => {
    expect(await decideAtOnce(asItIs)).toEqual({});
  });

  it('are found to have given a turn twice without guards', async () => {
    expect(await decideAtOnce(withoutGuards)).toMatchObject({ 'turn-number': expect.any(Number) });
  });

  it('are found to have captured a lead twice when a unit that comes again has another id', async () => {
    for (const [change, faults] of [
      [asItIs, {}],
      [underAnyId, { 'captured-twice': 1 }],
    ] as const) {
      const log = openLog(change);
      await capture(log, leadCaptured(change.name));
      await capture(log, leadCaptured(change.name));
      const { undecided: _, ...found } = await faultsOf(log);
      expect(found).toEqual(faults);
    }
  });
});

/** Resolves for everybody once so many have come; later ones pass at once. */
function meeting(people: number): () => Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  let come = 0;
  return () => {
    come += 1;
    if (come === people) resolve();
    return promise;
  };
}
