import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from './logger.ts';

export interface Repetition {
  readonly pauseMilliseconds: number;
  readonly signal: AbortSignal;
  readonly logger: Pick<Logger, 'warn'>;
  /** What is logged with an error, as in `the log could not be read`. */
  readonly failure: string;
}

/**
 * Does the work again and again, with a pause after each time, until the signal is aborted. An error ends nothing: it is
 * logged, and the work is tried again after the pause.
 */
export async function repeat(work: () => Promise<void>, { pauseMilliseconds, signal, logger, failure }: Repetition) {
  while (!signal.aborted) {
    await work().catch((error: unknown) => {
      if (!signal.aborted) logger.warn({ err: error }, `${failure}; tried again`);
    });
    await sleep(pauseMilliseconds, undefined, { signal }).catch(() => {});
  }
}
