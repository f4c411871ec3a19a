import type { AwayPeriod, WeekHours } from '@lead-rotator/lead-events';
import { minuteOf, parseDays, parseRanges, type Week, weekMinutes } from './week.ts';

const day = 86_400_000;

/** @throws RangeError with what was found, for days or hours that cannot be understood. */
export function compileWeek(hours: WeekHours): Week {
  const ranges: [number, number][] = [];
  for (const [days, text] of Object.entries(hours)) {
    for (const weekday of parseDays(days)) {
      for (const [from, until] of parseRanges(text)) ranges.push([weekday * 1440 + from, weekday * 1440 + until]);
    }
  }
  return ranges.sort((one, other) => one[0] - other[0]);
}

/** Whether a week is open at a local time (see `Zone.toLocal`). */
export function isOpen(week: Week, local: number): boolean {
  const at = minuteOf(local);
  for (const [from, until] of week) {
    if ((at >= from && at < until) || at + weekMinutes < until) return true;
  }
  return false;
}

/** A stretch of time, in local time or as instants. */
export interface Absence {
  readonly from: number;
  readonly until: number;
  readonly local: boolean;
}

/** @throws RangeError for what is neither a date nor a time, or ends before it begins. */
export function compileAway(period: AwayPeriod): Absence {
  const from = parseEdge(period.from);
  const to = parseEdge(period.to);
  const until = to.wholeDay ? to.time + day : to.time;
  if (from.local !== to.local) throw new RangeError(`${period.from} and ${period.to} are not of one kind`);
  if (until <= from.time) throw new RangeError(`${period.to} is not after ${period.from}`);
  return { from: from.time, until, local: from.local };
}

function parseEdge(text: string): { time: number; local: boolean; wholeDay: boolean } {
  const wholeDay = /^\d{4}-\d\d-\d\d$/.test(text);
  const local = !/(Z|[+-]\d\d:?\d\d)$/.test(text) || wholeDay;
  const time = Date.parse(wholeDay ? `${text}T00:00:00Z` : local ? `${text}Z` : text);
  if (Number.isNaN(time)) throw new RangeError(`${text} is neither a date nor a time`);
  return { time, local, wholeDay };
}

/** Whether an absence covers an instant, of which the local time is given too. */
export function covers(absence: Absence, at: number, local: number): boolean {
  const time = absence.local ? local : at;
  return time >= absence.from && time < absence.until;
}
