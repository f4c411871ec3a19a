import { setTimeout as sleep } from 'node:timers/promises';
import { BusUnavailable, type EventBus, within } from '@lead-rotator/event-bus';

export interface ActsTakenInSettings {
  readonly topic: string;
  readonly groupId: string;
  /** A partition that does not move for so long is not waited for until it does; default: `defaultPatience`. */
  readonly patienceMilliseconds?: number;
  /** Measures patience; default: the monotonic clock. */
  readonly clock?: () => number;
}

/**
 * Milliseconds. In a crash of several copies it takes two sessions and a rebalance until somebody takes acts in again, and
 * a broker may take a minute to start.
 */
const defaultPatience = 75_000;

/** So often it is asked how far the acts are: a commit follows the last act of a batch within 50 ms. */
const pollMilliseconds = 10;
/** What is known for longer is asked again: the topic may have been made anew. */
const trustMilliseconds = 5_000;
/** For a broker that has hung for longer than the patience. */
const shortestWaitMilliseconds = 50;

type Offsets = Pick<EventBus, 'endOffsets' | 'committedOffsets'>;

/** Everything before `next` is in the log; that was so at `at`. */
interface Handled {
  readonly next: bigint;
  readonly at: number;
}

interface Progress {
  readonly next: bigint;
  readonly since: number;
}

/**
 * Whether everything that owners have done up to now is in the log: the acts that lie on the topic when it is asked.
 * Waits as long as they are being taken in, by whichever copy, so that after an hour of downtime no lead is taken from
 * somebody who has worked it; a partition that stands still is given up after a while, since a fault there must not
 * stop the deadlines of all.
 */
export class ActsTakenIn {
  readonly #bus: Offsets;
  readonly #topic: string;
  readonly #groupId: string;
  readonly #patience: number;
  readonly #clock: () => number;
  readonly #handled = new Map<number, Handled>();
  readonly #progress = new Map<number, Progress>();
  /** Nothing has moved since patience began anew. */
  #isRenewed = false;
  #unavailableSince: number | undefined;
  #unanswered: Promise<void> | undefined;

  constructor(bus: Offsets, settings: ActsTakenInSettings) {
    this.#bus = bus;
    this.#topic = settings.topic;
    this.#groupId = settings.groupId;
    this.#patience = settings.patienceMilliseconds ?? defaultPatience;
    this.#clock = settings.clock ?? (() => performance.now());
  }

  /** To be told what this copy has handled: it is known here before the broker says so. */
  handled(partition: number, next: bigint): void {
    this.#handled.set(partition, { next, at: this.#clock() });
  }

  /**
   * True when all acts that lay on the topic at the time of the call are in the log; false when the wait was cut short.
   * @throws OffsetsOfAnotherLog: the acts before those offsets are not in this log, and nobody takes the others in.
   */
  async upToNow(signal: AbortSignal): Promise<boolean> {
    let ends: ReadonlyMap<number, bigint> | undefined;
    while (!signal.aborted) {
      const asked = this.#clock();
      try {
        ends ??= this.#forgetDoubtful(await this.#ask(() => this.#bus.endOffsets(this.#topic)), asked);
        const behind = await this.#partitionsBehind(ends);
        this.#unavailableSince = undefined;
        if (behind.length === 0) return true;
        if (behind.every((progress) => this.#isTooLong(progress.since))) return false;
      } catch (error) {
        if (!(error instanceof BusUnavailable)) throw error;
        this.#beginAnew();
        this.#unavailableSince ??= asked;
        if (this.#isTooLong(this.#unavailableSince)) return false;
      }
      await sleep(pollMilliseconds, undefined, { signal }).catch(() => {});
    }
    return false;
  }

  /**
   * A broker that hangs is waited for as long as the patience lasts, and then asked no more until it has answered.
   * @throws BusUnavailable
   */
  async #ask<Answer>(question: () => Promise<Answer>): Promise<Answer> {
    const waited = this.#clock() - (this.#unavailableSince ?? this.#clock());
    const limit = Math.max(shortestWaitMilliseconds, this.#patience - waited);
    if (this.#unanswered !== undefined) await within(limit, this.#unanswered);
    const answer = question();
    const answered = answer.then(
      () => {},
      () => {},
    );
    this.#unanswered = answered;
    void answered.then(() => {
      this.#unanswered = undefined;
    });
    return within(limit, answer);
  }

  /** What was known before the ends were asked for and lies behind them, or is old, may be of a topic that is gone. */
  #forgetDoubtful(ends: ReadonlyMap<number, bigint>, asked: number): ReadonlyMap<number, bigint> {
    for (const [partition, { next, at }] of this.#handled) {
      const isBeyond = at < asked && next > (ends.get(partition) ?? 0n);
      if (isBeyond || asked - at > trustMilliseconds) this.#handled.delete(partition);
    }
    return ends;
  }

  async #partitionsBehind(ends: ReadonlyMap<number, bigint>): Promise<Progress[]> {
    if (this.#isBehind(ends).length === 0) return [];
    const committed = await this.#ask(() => this.#bus.committedOffsets(this.#groupId, this.#topic));
    for (const [partition, next] of committed) {
      if (next >= (this.#handled.get(partition)?.next ?? 0n)) this.handled(partition, next);
    }
    return this.#isBehind(ends).map((partition) => {
      const next = this.#handled.get(partition)?.next ?? 0n;
      const known = this.#progress.get(partition);
      if (known?.next === next) return known;
      if (known !== undefined) this.#isRenewed = false;
      const progress = { next, since: this.#clock() };
      this.#progress.set(partition, progress);
      return progress;
    });
  }

  #isBehind(ends: ReadonlyMap<number, bigint>): number[] {
    const behind: number[] = [];
    for (const [partition, end] of ends) {
      if ((this.#handled.get(partition)?.next ?? 0n) < end) behind.push(partition);
      else if (this.#progress.delete(partition)) this.#isRenewed = false;
    }
    return behind;
  }

  /** Who takes acts in may have to join again first. Once: a broker that comes and goes would hold up deadlines for ever. */
  #beginAnew(): void {
    if (this.#isRenewed || this.#progress.size === 0) return;
    this.#progress.clear();
    this.#isRenewed = true;
  }

  #isTooLong(since: number): boolean {
    return this.#clock() - since >= this.#patience;
  }
}
