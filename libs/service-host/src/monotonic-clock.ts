import type { EpochMilliseconds } from '@lead-rotator/event-sourcing';

/** The time of a process: that of the given clock, and never back when it is set. */
export class MonotonicClock {
  #newest: EpochMilliseconds = 0;

  constructor(private readonly machine: () => EpochMilliseconds = Date.now) {}

  now(): EpochMilliseconds {
    this.#newest = Math.max(this.#newest, this.machine());
    return this.#newest;
  }
}
