import { quantile } from '../figures.ts';

/** How units are appended in a run. */
export interface AppendCase {
  /** So many append at the same time, each the next unit when its last one is on disk. */
  readonly callers: number;
  /** Events of a unit. */
  readonly unit: number;
  /** Of the run; a multiple of the unit. */
  readonly events: number;
}

export interface AppendRun {
  readonly eventsPerSecond: number;
  /** Milliseconds until a unit was on disk. */
  readonly p50: number;
  readonly p99: number;
}

export async function measureAppends(one: AppendCase, append: () => Promise<void>): Promise<AppendRun> {
  const units = one.events / one.unit;
  const latencies = new Float64Array(units);
  let next = 0;
  const caller = async () => {
    while (next < units) {
      const number = next++;
      const began = performance.now();
      await append();
      latencies[number] = performance.now() - began;
    }
  };
  const began = performance.now();
  await Promise.all(Array.from({ length: one.callers }, caller));
  const seconds = (performance.now() - began) / 1_000;
  latencies.sort();
  return { eventsPerSecond: one.events / seconds, p50: quantile(latencies, 0.5), p99: quantile(latencies, 0.99) };
}
