import { setTimeout as sleep } from 'node:timers/promises';
import { type AppendRun, measureAppends } from '../../append/measure-appends.ts';
import type { ComparedLog } from './compared-log.ts';

/** A reader that has brought nothing for so long has brought everything. */
const stillMilliseconds = 3_000;

export interface LogPlan {
  readonly runs: number;
  /** Events of a run, one by one and in units of 100. */
  readonly singles: number;
  readonly batched: number;
  /** Events that consumers are to bring. */
  readonly consumed: number;
}

export interface LogFigures {
  readonly singles: readonly AppendRun[];
  readonly batched: readonly AppendRun[];
  /** Read in pages from the beginning, nobody writing. */
  readonly readPerSecond: number;
  readonly missedInPages: Missed;
  /** By a consumer that reads on while 256 callers append units of ten events. */
  readonly missedMeanwhile: Missed;
  /** By one that starts there when nobody writes any more. */
  readonly missedAfterwards: Missed;
}

/** Events that were on disk and were not brought. */
export interface Missed {
  readonly missed: number;
  readonly of: number;
}

/** The same measurements of either log, which is empty before. */
export async function measureLog(log: ComparedLog, plan: LogPlan): Promise<LogFigures> {
  const repeat = async (callers: number, unit: number, events: number) => {
    const runs: AppendRun[] = [];
    for (let run = 0; run < plan.runs; run += 1) {
      runs.push(await measureAppends({ callers, unit, events }, () => log.append(unit)));
    }
    return runs;
  };
  const singles = await repeat(256, 1, plan.singles);
  const batched = await repeat(16, 100, plan.batched);

  const read = new Set<string>();
  const began = performance.now();
  await log.readPages((ids) => ids.forEach((id) => void read.add(id)));
  const readPerSecond = (read.size * 1_000) / (performance.now() - began);
  const all = (plan.singles + plan.batched) * plan.runs;
  const missedInPages = { missed: all - read.size, of: all };

  const tens = { callers: 256, unit: 10, events: plan.consumed };
  const place = await log.here();
  const missedMeanwhile = await missedBy(
    log,
    place,
    plan.consumed,
    measureAppends(tens, () => log.append(10)),
  );
  const missedAfterwards = await missedBy(log, place, plan.consumed);
  return { singles, batched, readPerSecond, missedInPages, missedMeanwhile, missedAfterwards };
}

/** How many of so many events a consumer has not brought when writing has ended and it has become still. */
async function missedBy(log: ComparedLog, after: bigint, of: number, writing?: Promise<unknown>): Promise<Missed> {
  const seen = new Set<string>();
  const stop = new AbortController();
  const following = log.follow(after, (ids) => ids.forEach((id) => void seen.add(id)), stop.signal);
  await writing;
  for (let before = -1; before < seen.size; ) {
    before = seen.size;
    await sleep(stillMilliseconds);
  }
  stop.abort();
  await following;
  return { missed: of - seen.size, of };
}
