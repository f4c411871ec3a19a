import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { AppendOutcome, OrganizationId, Tag, Unit } from '@lead-rotator/event-sourcing';
import { createPool, createTestDatabase, serviceRole, type TestDatabase } from '@lead-rotator/postgres';
import fc from 'fast-check';
import { sampleEvent } from './contract/sample-unit.ts';
import type { EventLog } from './event-log.ts';
import { InMemoryEventLog } from './in-memory-event-log.ts';
import { eventLogMigrations } from './migrations/index.ts';
import { PostgresEventLog } from './postgres-event-log.ts';
import { verifyLog } from './verify/verify-log.ts';

/** Few tags and few ids, so that units meet each other all the time. */
const tag = fc.constantFrom('a', 'b', 'c', 'd');
const unit = fc.record({
  id: fc.integer({ min: 0, max: 30 }),
  events: fc.array(fc.uniqueArray(tag, { maxLength: 3 }), { minLength: 1, maxLength: 4 }),
  guards: fc.array(fc.record({ tag, behind: fc.integer({ min: 0, max: 6 }) }), { maxLength: 3 }),
});
const calls = fc.array(fc.array(unit, { minLength: 1, maxLength: 8 }), { minLength: 1, maxLength: 6 });

type Plan = typeof calls extends fc.Arbitrary<infer Value> ? Value : never;

describe('the logs in memory and on PostgreSQL', () => {
  let database: TestDatabase;
  let log: PostgresEventLog;
  let run = 0;

  beforeAll(async () => {
    database = await createTestDatabase(eventLogMigrations);
    log = new PostgresEventLog({ url: database.url, applicationName: 'tests', role: serviceRole });
  });
  afterAll(async () => {
    await log.close();
    await database.drop();
  });

  /** Each run in an organization of its own, with positions counted from where the log stands. */
  async function play(on: EventLog, organization: string, plan: Plan): Promise<string[]> {
    const organizationId = organization as OrganizationId;
    const base = await on.head();
    const told: string[] = [];
    for (const call of plan) {
      const head = await on.head();
      const units = call.map(
        ({ id, events, guards }): Unit => ({
          id: `${organization}-${id}`,
          events: events.map((tags) => sampleEvent({ organizationId, tags: tags as Tag[] })),
          guards: guards.map((guard) => ({ tag: guard.tag as Tag, after: Math.max(base, head - guard.behind) })),
        }),
      );
      const outcomes = await on.appendAll(units);
      told.push(...outcomes.map((outcome) => describeOutcome(outcome, base)));
    }
    for (const each of ['a', 'b', 'c', 'd']) {
      const events = await on.readByTags({ organizationId, tags: [each as Tag] });
      told.push(`${each}: ${events.map((event) => event.position - base)}`);
    }
    return told;
  }

  it('answer alike, whatever is appended', async () => {
    await fc.assert(
      fc.asyncProperty(calls, async (plan) => {
        run += 1;
        expect(await play(log, `o${run}`, plan)).toEqual(await play(new InMemoryEventLog(), `o${run}`, plan));
      }),
      { numRuns: 150 },
    );
  });

  it('give a process what it has appended itself as they give it to others', async () => {
    const other = new PostgresEventLog({ url: database.url, applicationName: 'another', role: serviceRole });
    const selection = fc.record({
      behind: fc.integer({ min: 0, max: 40 }),
      span: fc.integer({ min: 0, max: 40 }),
      limit: fc.integer({ min: 1, max: 12 }),
      filter: fc.constantFrom({}, { types: ['NoteAdded'] }, { exceptTypes: ['NoteAdded'] }, { types: ['Other'] }),
    });
    await fc.assert(
      fc.asyncProperty(calls, fc.array(selection, { minLength: 1, maxLength: 10 }), async (plan, selections) => {
        run += 1;
        await play(run % 2 === 0 ? log : other, `o${run}`, plan);
        const head = await log.head();
        for (const { behind, span, limit, filter } of selections) {
          const after = Math.max(0, head - behind);
          const part = { after, until: after + span, limit, ...filter };
          expect(await log.read(part)).toEqual(await other.read(part));
        }
      }),
      { numRuns: 100 },
    );
    await other.close();
  });

  it('hold together when all of it is verified', async () => {
    const pool = createPool({ url: database.url, applicationName: 'tests' });
    expect((await verifyLog(pool)).faults).toEqual([]);
    await pool.end();
  });
});

function describeOutcome(outcome: AppendOutcome, base: number): string {
  if (outcome.status === 'refused') return 'refused';
  return `${outcome.first - base}–${outcome.last - base}${outcome.repeated ? ' again' : ''}`;
}
