import type { EpochMilliseconds } from '@lead-rotator/event-sourcing';
import type { Pause } from '@lead-rotator/lead-events';
import { compilePauses, type Week, weekMinutes, type Zone } from '@lead-rotator/rotation';

const minute = 60_000;
const week = weekMinutes * minute;
/** Monday, 1970-01-05, as a local time. */
const firstMonday = 4 * 24 * 60 * minute;

type Range = readonly [from: EpochMilliseconds, until: EpochMilliseconds];

/** The pauses of a claim policy in a time zone. Instants are found week by week, and remembered. */
export class Pauses {
  /** Merged, in minutes since Monday 00:00; the last may reach over the end of the week. */
  readonly ranges: Week;
  /** The shortest time between two pauses by the clock on the wall, in milliseconds. */
  readonly gap: number;
  private readonly zone: Zone;
  private readonly weeks = new Map<number, readonly Range[]>();

  /** @throws RangeError for pauses that cannot be understood; commands refuse these. */
  constructor(pauses: readonly Pause[], zone: Zone) {
    this.zone = zone;
    this.ranges = compilePauses(pauses);
    this.gap = shortestGap(this.ranges) * minute;
  }

  /** The pauses that end after an instant, in order and without end. */
  *from(at: EpochMilliseconds): Generator<Range> {
    if (this.ranges.length === 0) return;
    const local = this.zone.toLocal(at);
    for (let number = Math.floor((local - firstMonday) / week) - 1; ; number += 1) {
      for (const range of this.ofWeek(number)) if (range[1] > at) yield range;
    }
  }

  private ofWeek(number: number): readonly Range[] {
    const known = this.weeks.get(number);
    if (known !== undefined) return known;
    const monday = firstMonday + number * week;
    const instants = this.ranges.map(
      ([from, until]): Range => [
        this.zone.toInstant(monday + from * minute),
        this.zone.toInstant(monday + until * minute),
      ],
    );
    this.weeks.set(number, instants);
    return instants;
  }
}

function shortestGap(ranges: Week): number {
  let shortest = weekMinutes;
  ranges.forEach(([, until], index) => {
    const next = ranges[index + 1]?.[0] ?? (ranges[0]?.[0] ?? 0) + weekMinutes;
    shortest = Math.min(shortest, next - until);
  });
  return shortest;
}
