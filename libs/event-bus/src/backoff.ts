import { setTimeout as pause } from 'node:timers/promises';

const firstMilliseconds = 100;
const longestMilliseconds = 2_000;

/** Waits before try number `attempt` (from 1): 100 ms, doubled each time, at most 2 s; less if the signal is aborted. */
export async function backOff(attempt: number, signal: AbortSignal): Promise<void> {
  const milliseconds = Math.min(longestMilliseconds, firstMilliseconds * 2 ** Math.min(attempt - 1, 10));
  await pause(milliseconds, undefined, { signal }).catch(() => undefined);
}
