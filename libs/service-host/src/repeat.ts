import { setTimeout as sleep } from 'node:timers/promises';

export interface Repetition {
  readonly pauseMilliseconds: number;
  readonly signal: AbortSignal;
  /** An error ends nothing: the work is tried again after the pause. */
  onError(error: unknown): void;
}

/** Does the work again and again, with a pause after each time, until the signal is aborted. */
export async function repeat(work: () => Promise<void>, { pauseMilliseconds, signal, onError }: Repetition) {
  while (!signal.aborted) {
    await work().catch((error: unknown) => {
      if (!signal.aborted) onError(error);
    });
    await sleep(pauseMilliseconds, undefined, { signal }).catch(() => {});
  }
}
