import type { EpochMilliseconds } from '@lead-rotator/event-sourcing';
import type { Caps, PassOverReason } from '@lead-rotator/lead-events';
import type { Windows, Zone } from './zone.ts';

const never: Windows = { hour: Number.NaN, day: Number.NaN, week: Number.NaN, month: Number.NaN };
const none: Windows = { hour: 0, day: 0, week: 0, month: 0 };

/** How many turns somebody has had in the present hour, day, week and month, and since the beginning. */
export class Counts {
  total = 0;
  private hour = 0;
  private day = 0;
  private week = 0;
  private month = 0;
  /** Turns of the present windows that were given back to the caps; replaced when something changes. */
  private refunded: Windows = none;
  /** The windows that are counted. */
  private last: Windows = never;

  copy(): Counts {
    const copied = new Counts();
    copied.total = this.total;
    copied.hour = this.hour;
    copied.day = this.day;
    copied.week = this.week;
    copied.month = this.month;
    copied.refunded = this.refunded;
    copied.last = this.last;
    return copied;
  }

  add(zone: Zone, at: EpochMilliseconds): void {
    this.turnTo(zone.windowsAt(at));
    this.total += 1;
    this.hour += 1;
    this.day += 1;
    this.week += 1;
    this.month += 1;
  }

  /** Gives a turn back to the caps of the windows that it was counted in, as far as they are still the present ones. */
  giveBack(zone: Zone, turnAt: EpochMilliseconds, at: EpochMilliseconds): void {
    const then = zone.windowsAt(turnAt);
    const now = zone.windowsAt(at);
    this.turnTo(now);
    const { hour, day, week, month } = this.refunded;
    this.refunded = {
      hour: hour + (then.hour === now.hour ? 1 : 0),
      day: day + (then.day === now.day ? 1 : 0),
      week: week + (then.week === now.week ? 1 : 0),
      month: month + (then.month === now.month ? 1 : 0),
    };
  }

  /** Turns in the window of a kind in which an instant lies. */
  within(unit: keyof Windows, windows: Windows): number {
    return this.last[unit] === windows[unit] ? this[unit] : 0;
  }

  /** The first cap that is reached, if one is. */
  reached(caps: Caps, windows: Windows): PassOverReason | undefined {
    if (this.isReached(caps.hourly, 'hour', windows)) return 'capped-hourly';
    if (this.isReached(caps.daily, 'day', windows)) return 'capped-daily';
    if (this.isReached(caps.weekly, 'week', windows)) return 'capped-weekly';
    if (this.isReached(caps.monthly, 'month', windows)) return 'capped-monthly';
    return undefined;
  }

  private isReached(limit: number | undefined, unit: keyof Windows, windows: Windows): boolean {
    if (limit === undefined || limit === 0 || this.last[unit] !== windows[unit]) return false;
    return this[unit] - this.refunded[unit] >= limit;
  }

  private turnTo(now: Windows): void {
    const { last } = this;
    if (last === now) return;
    const { hour, day, week, month } = this.refunded;
    if (this.refunded !== none) {
      this.refunded = {
        hour: last.hour === now.hour ? hour : 0,
        day: last.day === now.day ? day : 0,
        week: last.week === now.week ? week : 0,
        month: last.month === now.month ? month : 0,
      };
    }
    if (last.hour !== now.hour) this.hour = 0;
    if (last.day !== now.day) this.day = 0;
    if (last.week !== now.week) this.week = 0;
    if (last.month !== now.month) this.month = 0;
    this.last = now;
  }
}
