import type { EpochMilliseconds } from '@lead-rotator/event-sourcing';
import type { Caps, PassOverReason } from '@lead-rotator/lead-events';
import type { Windows, Zone } from './zone.ts';

/** How many turns somebody has had in the present hour, day, week and month, and since the beginning. */
export class Counts {
  total = 0;
  private hour = 0;
  private day = 0;
  private week = 0;
  private month = 0;
  private last: Windows = { hour: 0, day: 0, week: 0, month: 0 };

  copy(): Counts {
    const copied = new Counts();
    copied.total = this.total;
    copied.hour = this.hour;
    copied.day = this.day;
    copied.week = this.week;
    copied.month = this.month;
    copied.last = this.last;
    return copied;
  }

  add(zone: Zone, at: EpochMilliseconds): void {
    this.turn(zone.windowsAt(at));
    this.total += 1;
    this.hour += 1;
    this.day += 1;
    this.week += 1;
    this.month += 1;
  }

  /** Gives a turn back to the windows that it was counted in and that are still the present ones. The total stays. */
  giveBack(zone: Zone, turnAt: EpochMilliseconds, at: EpochMilliseconds): void {
    const then = zone.windowsAt(turnAt);
    this.turn(zone.windowsAt(at));
    if (then.hour === this.last.hour) this.hour -= 1;
    if (then.day === this.last.day) this.day -= 1;
    if (then.week === this.last.week) this.week -= 1;
    if (then.month === this.last.month) this.month -= 1;
  }

  /** Turns in the window of a kind in which an instant lies. */
  within(unit: keyof Windows, windows: Windows): number {
    return this.last[unit] === windows[unit] ? this[unit] : 0;
  }

  /** The first cap that is reached, if one is. */
  reached(caps: Caps, windows: Windows): PassOverReason | undefined {
    if (isReached(caps.hourly, this.within('hour', windows))) return 'capped-hourly';
    if (isReached(caps.daily, this.within('day', windows))) return 'capped-daily';
    if (isReached(caps.weekly, this.within('week', windows))) return 'capped-weekly';
    if (isReached(caps.monthly, this.within('month', windows))) return 'capped-monthly';
    return undefined;
  }

  private turn(now: Windows): void {
    if (this.last === now) return;
    this.hour = this.within('hour', now);
    this.day = this.within('day', now);
    this.week = this.within('week', now);
    this.month = this.within('month', now);
    this.last = now;
  }
}

const isReached = (limit: number | undefined, count: number): boolean =>
  limit !== undefined && limit > 0 && count >= limit;
