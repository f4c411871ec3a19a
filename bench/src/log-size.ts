import { randomUUID } from 'node:crypto';
import { parseArgs } from 'node:util';
import { eventLogMigrations, mergeTagPartitions, PostgresEventLog } from '@lead-rotator/event-log';
import { defaultOrganization, type Tag } from '@lead-rotator/event-sourcing';
import { createPool, migrate, serviceRole } from '@lead-rotator/postgres';
import { measureAppends } from './append/measure-appends.ts';
import { sampleUnit } from './append/sample-unit.ts';
import { withBenchDatabase } from './bench-database.ts';
import { formatSpread, spreadOf } from './figures.ts';
import { fillLog, tagsOfLead } from './log-size/fill-log.ts';
import { describeMachine } from './machine.ts';

const organizationId = defaultOrganization;
const pageSize = 5_000;

/** How appending and reading grow with the log: at each of the sizes, in a database of its own that is laid in bulk. */
export async function run(options: readonly string[]): Promise<boolean> {
  const { values } = parseArgs({
    args: [...options],
    options: {
      events: { type: 'string', default: '1000000,10000000' },
      runs: { type: 'string', default: '5' },
      appends: { type: 'string', default: '50000' },
    },
  });
  let ok = true;
  for (const size of values.events.split(',').map(Number)) {
    const isRight = await withBenchDatabase(async (url) => {
      console.log(await describeMachine(url));
      await migrate(url, eventLogMigrations);
      const began = performance.now();
      await fillLog(url, size, (position) => {
        if (position % 20_000_000 === 0) console.log(`  laid: ${position.toLocaleString('en')}`);
      });
      console.log(
        `${size.toLocaleString('en')} events, laid in ${((performance.now() - began) / 60_000).toFixed(1)} min:`,
      );
      await tellSpace(url);
      return measure(url, size, Number(values.runs), Number(values.appends));
    });
    ok &&= isRight;
  }
  return ok;
}

async function tellSpace(url: string): Promise<void> {
  const pool = createPool({ url, applicationName: 'bench log-size' });
  const { rows } = await pool.query<{ bytes: number; partitions: number }>(
    `select pg_database_size(current_database()) as bytes,
      (select count(*) from pg_inherits where inhparent = 'event_tags'::regclass) as partitions`,
  );
  await pool.end();
  const [{ bytes, partitions } = { bytes: 0, partitions: 0 }] = rows;
  console.log(`  ${(bytes / 2 ** 30).toFixed(1)} GB, ${partitions} partitions of tags`);
}

async function measure(url: string, size: number, runs: number, appends: number): Promise<boolean> {
  const log = new PostgresEventLog({ url, applicationName: 'bench log-size', role: serviceRole });
  const each: Each = (work) => repeated(runs, work);
  try {
    const appending = new Appending(log, await log.head());
    await tellAppends(appending, appends, each);
    console.log(`  read in pages of 5,000: ${await each(() => readPages(log, size))} events/s`);
    await tellReadsByTags(log, size, each);
    await tellMerge(url);
    return await check(log, appending);
  } finally {
    await log.close();
  }
}

/** Repeats a measurement, for its median and spread. */
type Each = (work: () => Promise<number>) => Promise<string>;

/** Appends, and remembers what of it must be in the log. */
class Appending {
  readonly #log: PostgresEventLog;
  readonly #begin: number;
  /** The first tag of each unit. */
  readonly written: Tag[] = [];
  head: number;

  constructor(log: PostgresEventLog, head: number) {
    this.#log = log;
    this.#begin = head;
    this.head = head;
  }

  append(events: number, callers: number, unit: number) {
    return measureAppends({ callers, unit, events }, async () => {
      const one = sampleUnit(unit, this.#begin);
      const outcome = await this.#log.append(one);
      if (outcome.status !== 'appended') throw new Error(`refused: ${outcome.tag}`);
      this.written.push(one.events[0]?.tags[0] as Tag);
      this.head += unit;
    });
  }
}

async function tellAppends(appending: Appending, appends: number, each: Each): Promise<void> {
  await appending.append(20_000, 256, 1);
  const p99: number[] = [];
  const single = await each(async () => {
    const run = await appending.append(appends, 256, 1);
    p99.push(run.p99);
    return run.eventsPerSecond;
  });
  console.log(`  appended one by one, 256 callers: ${single} events/s; p99 ${formatSpread(spreadOf(p99), 1)} ms`);
  const inUnits = await each(async () => (await appending.append(appends, 16, 100)).eventsPerSecond);
  console.log(`  in units of 100, 16 callers: ${inUnits} events/s`);
}

/** Events a second, from anywhere on. */
async function readPages(log: PostgresEventLog, size: number): Promise<number> {
  const from = Math.floor(Math.random() * (size - 40 * pageSize));
  const began = performance.now();
  for (let page = 0; page < 40; page += 1) await log.read({ after: from + page * pageSize, limit: pageSize });
  return (40 * pageSize) / ((performance.now() - began) / 1_000);
}

async function tellReadsByTags(log: PostgresEventLog, size: number, each: Each): Promise<void> {
  const known = () => tagsOfLead(1 + Math.floor(Math.random() * (size / 2 - 1)));
  const unknown = () => ({ lead: `lead:${randomUUID()}`, contact: `contact:${randomUUID()}` });
  const p50 = (leads: number, pick: typeof unknown, after = 0) => each(() => readByTags(log, leads, pick, after));
  console.log(
    `  a lead and its contact by tag, p50: ${await p50(1, known)} ms; not there: ${await p50(1, unknown)} ms`,
  );
  const justNow = (await log.head()) - 1_000;
  console.log(`  of a lead that has just come, p50: ${await p50(1, unknown, justNow)} ms`);
  console.log(
    `  a hundred of them at once, p50: ${await p50(100, known)} ms; not there: ${await p50(100, unknown)} ms`,
  );
}

/** The median of a hundred reads, in milliseconds. */
async function readByTags(
  log: PostgresEventLog,
  leads: number,
  pick: () => { lead: string; contact: string },
  after: number,
): Promise<number> {
  const times: number[] = [];
  for (let count = 0; count < 100; count += 1) {
    const tags = Array.from({ length: leads }, pick).flatMap(({ lead, contact }) => [lead as Tag, contact as Tag]);
    const began = performance.now();
    await log.readByTags({ organizationId, tags, after });
    times.push(performance.now() - began);
  }
  return spreadOf(times).median;
}

async function repeated(runs: number, work: () => Promise<number>): Promise<string> {
  const results: number[] = [];
  for (let count = 0; count < runs; count += 1) results.push(await work());
  return formatSpread(spreadOf(results), (results[0] ?? 0) < 100 ? 2 : 0);
}

/** One merge of partitions of tags, as the router makes it in the background, with nothing else under way. */
async function tellMerge(url: string): Promise<void> {
  const pool = createPool({ url, applicationName: 'bench log-size', role: serviceRole });
  const began = performance.now();
  const merged = await mergeTagPartitions(pool);
  const seconds = (performance.now() - began) / 1_000;
  if (merged !== undefined) console.log(`  sixteen partitions of tags merged into ${merged}: ${seconds.toFixed(1)} s`);
  await pool.end();
}

/** The head is where what was appended puts it, and every unit is found by its tag. */
async function check(log: PostgresEventLog, { head: expected, written }: Appending): Promise<boolean> {
  const head = await log.head();
  let missing = 0;
  for (let from = 0; from < written.length; from += 1_000) {
    const tags = written.slice(from, from + 1_000);
    const found = await log.readByTags({ organizationId, tags });
    missing += tags.length - new Set(found.map(({ position }) => position)).size;
  }
  console.log(
    `check: ${written.length.toLocaleString('en')} units appended, head ${head.toLocaleString('en')} ` +
      `(${head === expected ? 'as it must be' : `NOT ${expected}`}), ${missing} not found by tag`,
  );
  return head === expected && missing === 0;
}
