import type { EpochMilliseconds } from '@lead-rotator/event-sourcing';

const firstPause = 500;
const longestPause = 60_000;
/** What a receiver may ask for at most: it is tried again after that, whatever it said. */
const longestWait = 600_000;

/**
 * How fast a receiver is to be asked. Failures of one subject say nothing of the others, which go on. When several fail
 * and nothing succeeds between them, the receiver itself is away: then one at a time tries, after pauses that double up
 * to a minute. The first success ends that.
 */
export class Pace {
  readonly #failing = new Set<string>();
  #resume: EpochMilliseconds = 0;
  #lastFailure: EpochMilliseconds = 0;

  constructor(private readonly concurrency: number) {}

  /** How many deliveries may be under way at this time. */
  width(now: EpochMilliseconds): number {
    if (now < this.#resume) return 0;
    return this.#failing.size > 1 ? 1 : this.concurrency;
  }

  succeeded(): void {
    this.#failing.clear();
    this.#resume = 0;
  }

  /** A try that began at `began`. Those that were under way together tell of one outage, and count once. */
  failed(subject: string, began: EpochMilliseconds, now: EpochMilliseconds, waitMilliseconds = 0): void {
    if (this.#failing.size < 2 || began > this.#lastFailure) {
      this.#failing.add(subject);
      this.#lastFailure = now;
    }
    const others = this.#failing.size - 2;
    const pause = others < 0 ? 0 : Math.min(longestPause, firstPause * 2 ** Math.min(others, 10));
    this.#resume = Math.max(this.#resume, now + Math.max(pause, Math.min(waitMilliseconds, longestWait)));
  }
}
