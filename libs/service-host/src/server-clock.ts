import { setTimeout as sleep } from 'node:timers/promises';
import type { EpochMilliseconds } from '@lead-rotator/event-sourcing';

const lookEveryMilliseconds = 10_000;
/** The quickest of so many answers is believed: the first one alone had waited for its connection, and was 20 ms off. */
const answersPerLook = 5;

/** Asks the database's server what time it is. */
export type AskServer = () => Promise<EpochMilliseconds>;

/**
 * The time of the database's server, on a clock of this process: all copies have one time, whatever their machines show
 * and whoever sets those while they run. One machine that was a day ahead would otherwise date all decisions a day ahead,
 * since the log never goes back.
 */
export class ServerClock {
  readonly #ask: AskServer;
  readonly #ticks: () => number;
  /** Of the server's time before that of the ticks. */
  #ahead = 0;
  readonly #stopped = new AbortController();

  private constructor(ask: AskServer, ticks: () => number) {
    this.#ask = ask;
    this.#ticks = ticks;
  }

  /**
   * Looks once, and then every ten seconds; while the server is away the clock goes on by itself. `ticks`: milliseconds
   * that nobody sets.
   * @throws what asking throws, the first time.
   */
  static async start(ask: AskServer, ticks: () => number = () => performance.now()): Promise<ServerClock> {
    const clock = new ServerClock(ask, ticks);
    await clock.look();
    void clock.#keepLooking();
    return clock;
  }

  now(): EpochMilliseconds {
    return Math.floor(this.#ticks() + this.#ahead);
  }

  /** The server's answer belongs to the middle of the time that it took. */
  async look(): Promise<void> {
    let quickest = Number.POSITIVE_INFINITY;
    let ahead = this.#ahead;
    for (let number = 0; number < answersPerLook; number += 1) {
      const asked = this.#ticks();
      const time = await this.#ask();
      const answered = this.#ticks();
      if (answered - asked >= quickest) continue;
      quickest = answered - asked;
      ahead = time - (asked + answered) / 2;
    }
    this.#ahead = ahead;
  }

  stop(): void {
    this.#stopped.abort();
  }

  async #keepLooking(): Promise<void> {
    const { signal } = this.#stopped;
    while (!signal.aborted) {
      await sleep(lookEveryMilliseconds, undefined, { signal, ref: false }).catch(() => {});
      // The server is away: whoever needs it will say so.
      if (!signal.aborted) await this.look().catch(() => {});
    }
  }
}
