import type { EpochMilliseconds } from '@lead-rotator/event-sourcing';
import type { Pause } from '@lead-rotator/lead-events';
import { parseDays, parseTime, type Week, weekMinutes, type Zone } from '@lead-rotator/rotation';

const minute = 60_000;
const week = weekMinutes * minute;
/** Monday, 1970-01-05, as a local time. */
const firstMonday = 4 * 24 * 60 * minute;

type Range = readonly [from: EpochMilliseconds, until: EpochMilliseconds];

/** The pauses of a claim policy in a time zone. Instants are found week by week, and remembered. */
export class Pauses {
  /** Merged, in minutes since Monday 00:00; the last may reach over the end of the week. */
  readonly ranges: Week;
  /** The shortest time between two pauses by the clock on the wall, in milliseconds; 0: a pause that never ends. */
  readonly gap: number;
  private readonly zone: Zone;
  private readonly weeks = new Map<number, readonly Range[]>();

  /** @throws RangeError for days and times that cannot be understood. */
  constructor(pauses: readonly Pause[], zone: Zone) {
    this.zone = zone;
    this.ranges = merge(pauses.flatMap(rangesOf));
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

function rangesOf(pause: Pause): [number, number][] {
  const from = parseTime(pause.from);
  const to = parseTime(pause.to);
  return parseDays(pause.days).map((day) => [day * 1440 + from, day * 1440 + (to > from ? to : to + 1440)]);
}

/** Those that touch or overlap are one, over the end of the week too. */
function merge(ranges: readonly [number, number][]): Week {
  const merged: [number, number][] = [];
  for (const [from, until] of [...ranges].sort((one, other) => one[0] - other[0])) {
    const last = merged.at(-1);
    if (last !== undefined && from <= last[1]) last[1] = Math.max(last[1], until);
    else merged.push([from, until]);
  }
  for (let first = merged[0]; merged.length > 1 && first !== undefined; first = merged[0]) {
    const last = merged.at(-1) as [number, number];
    if (last[1] < first[0] + weekMinutes) break;
    last[1] = Math.max(last[1], first[1] + weekMinutes);
    merged.shift();
  }
  return merged;
}

function shortestGap(ranges: Week): number {
  let shortest = weekMinutes;
  ranges.forEach(([, until], index) => {
    const next = ranges[index + 1]?.[0] ?? (ranges[0]?.[0] ?? 0) + weekMinutes;
    shortest = Math.min(shortest, next - until);
  });
  return Math.max(0, shortest);
}
