import type { EpochMilliseconds } from '@lead-rotator/event-sourcing';

/**
 * The time of decisions: the later of the given clock and the newest time seen in the log, so that the log never
 * goes back when clocks differ or are set.
 */
export class LogClock {
  #newest: EpochMilliseconds = 0;

  constructor(private readonly machine: () => EpochMilliseconds = Date.now) {}

  now(): EpochMilliseconds {
    this.#newest = Math.max(this.#newest, this.machine());
    return this.#newest;
  }

  /** To be told of the time of events read or appended. */
  saw(at: EpochMilliseconds): void {
    if (at > this.#newest) this.#newest = at;
  }
}
