import { setTimeout as sleep } from 'node:timers/promises';
import type { ReadAhead } from '@lead-rotator/command-handling';
import type { EpochMilliseconds } from '@lead-rotator/event-sourcing';
import type { Logger } from '@lead-rotator/service-host';
import type { ActsTakenIn } from '../acts/acts-taken-in.ts';
import type { SlaMetrics } from '../sla-metrics.ts';
import type { ReleaseWaiting } from '../waiting/release-waiting.handler.ts';
import type { WarnOwners } from '../warnings/warn-owners.handler.ts';
import type { DeadlineWatch } from './deadline-watch.ts';
import type { FireDeadlines } from './fire-deadlines.handler.ts';

/** At most so many are decided together: more decide no faster, and a unit must stay below 1 MB. */
const mostTogether = 500;
/** It is looked at the clock so often, whatever the timer said: clocks are set, machines sleep. */
const lookMilliseconds = 100;
const retryMilliseconds = 500;
/** So often it is asked whether somebody is free for what waits, and at each full minute. */
const releaseMilliseconds = 500;
/** Shifts and the windows of caps begin at a full minute: whoever waits has that moment before newer leads come. */
const minuteMilliseconds = 60_000;
/** So often it is asked whether owners are to be warned. */
const warnMilliseconds = 250;

export interface DeadlineTickerParts {
  readonly watch: DeadlineWatch;
  readonly acts: Pick<ActsTakenIn, 'upToNow'>;
  readonly fire: FireDeadlines;
  readonly warn: Pick<WarnOwners, 'warn'>;
  readonly release: Pick<ReleaseWaiting, 'release'>;
  readonly metrics: SlaMetrics;
  readonly logger: Logger;
  readonly clock: () => EpochMilliseconds;
}

/**
 * Fires what is due, in the order of due and then of assignment, when what owners have done until then is in the log;
 * then warns owners whose deadlines are near, and gives out what waits for somebody. One after the other in one loop, so
 * that at one instant deadlines come first.
 */
export class DeadlineTicker {
  #releasedAt: EpochMilliseconds = 0;
  #warnedAt: EpochMilliseconds = 0;

  constructor(private readonly parts: DeadlineTickerParts) {}

  /** Until the signal is aborted. */
  async run(signal: AbortSignal): Promise<void> {
    const { watch, logger } = this.parts;
    watch.reset();
    while (!signal.aborted) {
      try {
        await this.#turn(signal);
      } catch (error) {
        logger.warn({ err: error }, 'what is due, is to be warned of, or waits could not be decided; tried again');
        await pause(retryMilliseconds, signal);
      }
    }
  }

  async #turn(signal: AbortSignal): Promise<void> {
    const { watch, warn, release, clock } = this.parts;
    await watch.load(clock());
    if (this.#untilDue() <= 0) await this.#fireDue(signal);
    if (!signal.aborted && clock() - this.#warnedAt >= warnMilliseconds) {
      this.#warnedAt = clock();
      await warn.warn();
    }
    if (!signal.aborted && this.#untilRelease() <= 0) {
      this.#releasedAt = clock();
      await release.release();
    }
    const idle = Math.min(this.#untilDue(), this.#untilRelease());
    if (idle > 0) await pause(Math.min(lookMilliseconds, idle), signal);
  }

  #untilRelease(): number {
    const fullMinute = (Math.floor(this.#releasedAt / minuteMilliseconds) + 1) * minuteMilliseconds;
    return Math.min(this.#releasedAt + releaseMilliseconds, fullMinute) - this.parts.clock();
  }

  #untilDue(): number {
    const { watch, clock } = this.parts;
    return (watch.nextDue ?? Number.POSITIVE_INFINITY) - clock();
  }

  async #fireDue(signal: AbortSignal): Promise<void> {
    const { watch, acts, fire, metrics, clock } = this.parts;
    const now = clock();
    const complete = await acts.upToNow(signal);
    if (!complete && !signal.aborted) metrics.waitCutShort();
    let due = watch.takeDue(now, mostTogether);
    let ahead: ReadAhead | undefined;
    while (due.length > 0 && !signal.aborted) {
      const next = watch.takeDue(now, mostTogether);
      const reading = fire.readAhead(next);
      try {
        await fire.fire(due, ahead);
      } catch (error) {
        watch.putBack(due);
        watch.putBack(next);
        throw error;
      }
      due = next;
      ahead = await reading;
    }
  }
}

async function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  await sleep(Math.max(1, milliseconds), undefined, { signal }).catch(() => {});
}
