import type { EpochMilliseconds, Position } from '@lead-rotator/event-sourcing';

interface Sample {
  readonly at: EpochMilliseconds;
  readonly front: Position;
}

/**
 * Up to where messages should have come by now. A lead whose message is only late, since there is more to do than can be
 * done, is not given up: its message is behind the front, and deciding it from the log would do the work twice.
 */
export class MessageFront {
  #samples: Sample[] = [];

  constructor(private readonly delayMilliseconds: number) {}

  /**
   * The captured leads up to here are given up if they are undecided: messages of later ones were handled a delay ago, or
   * no message has been handled for a delay (then: all). Called again and again; knows nothing before a delay is over.
   */
  givenUpTo(front: Position, now: EpochMilliseconds): Position {
    this.#samples.push({ at: now, front });
    const known = this.#samples.findLastIndex(({ at }) => at <= now - this.delayMilliseconds);
    if (known === -1) return 0;
    this.#samples = this.#samples.slice(known);
    const before = (this.#samples[0] as Sample).front;
    return before === front ? Number.MAX_SAFE_INTEGER : before;
  }
}
