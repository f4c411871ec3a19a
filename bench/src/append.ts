import { randomUUID } from 'node:crypto';
import { parseArgs } from 'node:util';
import { eventLogMigrations, PostgresEventLog } from '@lead-rotator/event-log';
import { defaultOrganization, type NewEvent, type Tag, type Unit } from '@lead-rotator/event-sourcing';
import { migrate, serviceRole } from '@lead-rotator/postgres';
import { withBenchDatabase } from './bench-database.ts';
import { formatSpread, quantile, spreadOf } from './figures.ts';
import { describeMachine } from './machine.ts';

interface Case {
  readonly name: string;
  readonly callers: number;
  /** Events of a unit. */
  readonly unit: number;
  readonly target: string;
}

const cases: readonly Case[] = [
  { name: 'single events', callers: 256, unit: 1, target: '25,000 events/s, p99 under 20 ms' },
  { name: 'units of 100 events', callers: 16, unit: 100, target: '40,000 events/s' },
];

interface Run {
  readonly eventsPerSecond: number;
  readonly p50: number;
  readonly p99: number;
}

/** Appending: every event with three tags, every unit with two guards. */
export async function run(options: readonly string[]): Promise<boolean> {
  const { values } = parseArgs({
    args: [...options],
    options: {
      events: { type: 'string' },
      runs: { type: 'string' },
      calls: { type: 'string' },
      only: { type: 'string' },
    },
  });
  const events = Number(values.events ?? 200_000);
  return withBenchDatabase(async (url) => {
    console.log(await describeMachine(url));
    await migrate(url, eventLogMigrations);
    const queue = values.calls === undefined ? {} : { calls: Number(values.calls) };
    const log = new PostgresEventLog({ url, applicationName: 'bench append', role: serviceRole, queue });
    try {
      let expected = 0;
      await measure(log, { name: 'warm-up', callers: 256, unit: 1, target: '' }, 20_000);
      expected += 20_000;
      for (const one of cases) {
        if (values.only !== undefined && !one.name.startsWith(values.only)) continue;
        const runs: Run[] = [];
        for (let count = 0; count < Number(values.runs ?? 5); count += 1) {
          runs.push(await measure(log, one, events));
          expected += events;
        }
        report(one, events, runs);
      }
      return await check(log, expected);
    } finally {
      await log.close();
    }
  });
}

async function measure(log: PostgresEventLog, { callers, unit }: Case, events: number): Promise<Run> {
  const units = events / unit;
  const readAt = await log.head();
  const latencies = new Float64Array(units);
  let next = 0;
  const caller = async () => {
    while (next < units) {
      const number = next++;
      const began = performance.now();
      const outcome = await log.append(sampleUnit(unit, readAt));
      if (outcome.status !== 'appended') throw new Error(`refused: ${outcome.tag}`);
      latencies[number] = performance.now() - began;
    }
  };
  const began = performance.now();
  await Promise.all(Array.from({ length: callers }, caller));
  const seconds = (performance.now() - began) / 1_000;
  latencies.sort();
  return { eventsPerSecond: events / seconds, p50: quantile(latencies, 0.5), p99: quantile(latencies, 0.99) };
}

/** As the router writes them: guarded on the configuration and on the lead it decides about. */
function sampleUnit(size: number, readAt: number): Unit {
  const events = Array.from({ length: size }, sampleEvent);
  const guards = [{ tag: 'configuration' as Tag, after: readAt }];
  const lead = events[0]?.tags[0];
  if (lead !== undefined) guards.push({ tag: lead, after: readAt });
  return { id: randomUUID(), events, guards };
}

function sampleEvent(): NewEvent {
  const leadId = randomUUID();
  const contactId = randomUUID();
  return {
    type: 'LeadAssigned',
    version: 1,
    at: Date.now(),
    organizationId: defaultOrganization,
    actor: 'service:router',
    cause: 'event:4711',
    tags: [`lead:${leadId}` as Tag, `contact:${contactId}` as Tag, 'rotation:main' as Tag],
    data: {
      leadId,
      contactIds: [contactId],
      ownerId: 'a3f1c9e4-6f5b-4d0e-9a6e-0d9b0c2f7a11',
      rotationId: 'main',
      why: { step: 'rotation', strategy: 'round-robin' },
      due: '2026-01-05T09:30:00.000Z',
    },
  };
}

function report({ name, callers, target }: Case, events: number, runs: readonly Run[]): void {
  console.log(
    `\n${name}, ${callers} callers, ${events.toLocaleString('en')} events, ${runs.length} runs (target: ${target})`,
  );
  console.log(`  events/s: ${formatSpread(spreadOf(runs.map((one) => one.eventsPerSecond)), 0)}`);
  console.log(`  p50 ms:   ${formatSpread(spreadOf(runs.map((one) => one.p50)), 1)}`);
  console.log(`  p99 ms:   ${formatSpread(spreadOf(runs.map((one) => one.p99)), 1)}`);
}

async function check(log: PostgresEventLog, expected: number): Promise<boolean> {
  const head = await log.head();
  console.log(`\ncheck: ${head.toLocaleString('en')} events in the log, ${expected.toLocaleString('en')} appended`);
  return head === expected;
}
