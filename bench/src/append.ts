import { parseArgs } from 'node:util';
import { eventLogMigrations, PostgresEventLog, verifyLog } from '@lead-rotator/event-log';
import { createPool, migrate, serviceRole } from '@lead-rotator/postgres';
import { type AppendCase, type AppendRun, measureAppends } from './append/measure-appends.ts';
import { sampleUnit } from './append/sample-unit.ts';
import { withBenchDatabase } from './bench-database.ts';
import { formatSpread, spreadOf } from './figures.ts';
import { describeMachine } from './machine.ts';

interface Case extends Omit<AppendCase, 'events'> {
  readonly name: string;
  readonly target: string;
}

const cases: readonly Case[] = [
  { name: 'single events', callers: 256, unit: 1, target: '25,000 events/s, p99 under 20 ms' },
  { name: 'units of 100 events', callers: 16, unit: 100, target: '40,000 events/s' },
];

/** Where the units of a run went: the check at the end wants to know. */
type Places = Map<number, number>;

/** Appending: every event with three tags, every unit with two guards. */
export async function run(options: readonly string[]): Promise<boolean> {
  const { values } = parseArgs({
    args: [...options],
    options: {
      events: { type: 'string', default: '200000' },
      runs: { type: 'string', default: '5' },
    },
  });
  const events = Number(values.events);
  return withBenchDatabase(async (url) => {
    console.log(await describeMachine(url));
    await migrate(url, eventLogMigrations);
    const log = new PostgresEventLog({ url, applicationName: 'bench append', role: serviceRole });
    const places: Places = new Map();
    let units = 20_000;
    try {
      await measure(log, { name: 'warm-up', callers: 256, unit: 1, target: '' }, 20_000, places);
      for (const one of cases) {
        const runs: AppendRun[] = [];
        for (let count = 0; count < Number(values.runs); count += 1) {
          runs.push(await measure(log, one, events, places));
          units += events / one.unit;
        }
        report(one, events, runs);
      }
    } finally {
      await log.close();
    }
    return check(url, places, units);
  });
}

/** Appends to the log, and notes where each unit went. */
async function measure(log: PostgresEventLog, one: Case, events: number, places: Places): Promise<AppendRun> {
  const readAt = await log.head();
  return measureAppends({ ...one, events }, async () => {
    const outcome = await log.append(sampleUnit(one.unit, readAt));
    if (outcome.status !== 'appended') throw new Error(`refused: ${outcome.tag}`);
    places.set(outcome.first, outcome.last);
  });
}

function report({ name, callers, target }: Case, events: number, runs: readonly AppendRun[]): void {
  console.log(
    `\n${name}, ${callers} callers, ${events.toLocaleString('en')} events, ${runs.length} runs (target: ${target})`,
  );
  console.log(`  events/s: ${formatSpread(spreadOf(runs.map((one) => one.eventsPerSecond)), 0)}`);
  console.log(`  p50 ms:   ${formatSpread(spreadOf(runs.map((one) => one.p50)), 1)}`);
  console.log(`  p99 ms:   ${formatSpread(spreadOf(runs.map((one) => one.p99)), 1)}`);
}

/** Every unit has places of its own, they fill the log without a gap, and the log is what its hashes say. */
async function check(url: string, places: Places, appended: number): Promise<boolean> {
  let last = 0;
  let inRow = 0;
  for (let end = places.get(1); end !== undefined; end = places.get(last + 1)) {
    last = end;
    inRow += 1;
  }
  const pool = createPool({ url, applicationName: 'bench append' });
  const began = performance.now();
  const { events, batches, faults, faultCount } = await verifyLog(pool);
  const seconds = (performance.now() - began) / 1_000;
  await pool.end();
  const gapless = inRow === appended && last === events;
  console.log(
    `\ncheck: ${appended.toLocaleString('en')} units appended, ${events.toLocaleString('en')} events in the log, ` +
      `${gapless ? 'no gap, none twice' : `a gap behind position ${last}`}; verified ${batches.toLocaleString('en')} batches ` +
      `in ${seconds.toFixed(1)} s: ${faultCount === 0 ? 'untouched' : `${faultCount} faults, the first: ${faults[0]?.what}`}`,
  );
  return gapless && faultCount === 0;
}
