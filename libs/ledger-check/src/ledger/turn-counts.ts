import type { EpochMilliseconds } from '@lead-rotator/event-sourcing';
import type { Caps, PassOverReason } from '@lead-rotator/lead-events';
import type { LocalTime } from './local-time.ts';

const units = ['hourly', 'daily', 'weekly', 'monthly'] as const;

/** Turns of somebody in the present hour, day, week and month. */
export class TurnCounts {
  readonly #windows = [Number.NaN, Number.NaN, Number.NaN, Number.NaN];
  readonly #turns = [0, 0, 0, 0];

  add(time: LocalTime, at: EpochMilliseconds): void {
    const windows = time.windowsAt(at);
    for (const [index, unit] of units.entries()) {
      const same = this.#windows[index] === windows[unit];
      this.#windows[index] = windows[unit];
      this.#turns[index] = same ? (this.#turns[index] as number) + 1 : 1;
    }
  }

  /** A turn counts no more, in those windows that have not ended since. */
  giveBack(time: LocalTime, turnAt: EpochMilliseconds): void {
    const windows = time.windowsAt(turnAt);
    for (const [index, unit] of units.entries()) {
      if (this.#windows[index] === windows[unit]) this.#turns[index] = Math.max(0, (this.#turns[index] as number) - 1);
    }
  }

  /** The first cap that is reached at an instant. 0 is no limit. */
  reached(caps: Caps, time: LocalTime, at: EpochMilliseconds): PassOverReason | undefined {
    for (const [index, unit] of units.entries()) {
      const limit = caps[unit] ?? 0;
      if (limit === 0 || (this.#turns[index] as number) < limit) continue;
      if (this.#windows[index] === time.windowsAt(at)[unit]) return `capped-${unit}`;
    }
    return undefined;
  }
}
