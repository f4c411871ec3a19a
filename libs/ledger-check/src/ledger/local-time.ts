import type { EpochMilliseconds } from '@lead-rotator/event-sourcing';

const quarterOfAnHour = 900_000;
const hour = 3_600_000;
const day = 86_400_000;

/** The calendar windows of the caps in which an instant lies: the same numbers, the same windows. */
export interface CalendarWindows {
  readonly hourly: number;
  readonly daily: number;
  readonly weekly: number;
  readonly monthly: number;
}

/**
 * The clock on the wall of one time zone. Clocks are changed at quarters of an hour at the earliest, so the offset is
 * asked for once in each: Temporal takes microseconds, and the events of a log come in order of time.
 */
export class LocalTime {
  #quarter = Number.NaN;
  #offset = 0;
  #hour = Number.NaN;
  #windows: CalendarWindows = { hourly: 0, daily: 0, weekly: 0, monthly: 0 };

  constructor(readonly zone: string) {}

  /** Local time as if it were universal time. */
  at(instant: EpochMilliseconds): number {
    const quarter = Math.floor(instant / quarterOfAnHour);
    if (quarter !== this.#quarter) {
      this.#quarter = quarter;
      this.#offset =
        Temporal.Instant.fromEpochMilliseconds(instant).toZonedDateTimeISO(this.zone).offsetNanoseconds / 1_000_000;
    }
    return instant + this.#offset;
  }

  /** Hours begin on the hour, weeks on Monday; of an hour that comes twice in autumn, each is a window of its own. */
  windowsAt(instant: EpochMilliseconds): CalendarWindows {
    const local = this.at(instant);
    const hourly = Math.floor(local / hour) * hour - this.#offset;
    if (hourly === this.#hour) return this.#windows;
    const date = new Date(local);
    const daily = Math.floor(local / day);
    this.#hour = hourly;
    this.#windows = {
      hourly,
      daily,
      weekly: Math.floor((daily + 3) / 7),
      monthly: date.getUTCFullYear() * 12 + date.getUTCMonth(),
    };
    return this.#windows;
  }
}
