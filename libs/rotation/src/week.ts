import type { Pause } from '@lead-rotator/lead-events';

const names = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];
const minute = 60_000;

/** Minutes in a week. */
export const weekMinutes = 7 * 1440;

/** The local minute since Monday 00:00; 1970-01-01 was a Thursday. */
export const minuteOf = (local: number): number =>
  (((Math.floor(local / minute) + 3 * 1440) % weekMinutes) + weekMinutes) % weekMinutes;

/**
 * Days of the week, Monday is 0: `mon`, `mon-fri`, `sat-mon`, `mon, wed`.
 * @throws RangeError for anything else.
 */
export function parseDays(text: string): number[] {
  const days: number[] = [];
  for (const part of text.split(',')) {
    const [first = '', last = first] = part.trim().toLowerCase().split('-');
    const from = names.indexOf(first.trim());
    const to = names.indexOf(last.trim());
    if (from < 0 || to < 0)
      throw new RangeError(`"${part.trim()}" is no day; days are mon, tue, wed, thu, fri, sat, sun, or mon-fri`);
    for (let index = from; ; index = (index + 1) % 7) {
      days.push(index);
      if (index === to) break;
    }
  }
  return days;
}

/**
 * A local time as minutes of the day: `09:00` is 540, `24:00` is 1440.
 * @throws RangeError for anything else.
 */
export function parseTime(text: string): number {
  const match = /^(\d{1,2}):(\d\d)$/.exec(text.trim());
  const time = match === null ? Number.NaN : Number(match[1]) * 60 + Number(match[2]);
  if (!(time <= 1440) || Number(match?.[2]) > 59) throw new RangeError(`"${text}" is no time of the day like 09:00`);
  return time;
}

/**
 * Ranges of a day in minutes: `09:00-12:00, 13:00-17:00`; one that does not end later than it begins ends on the next day.
 * @throws RangeError for anything else.
 */
export function parseRanges(text: string): [from: number, until: number][] {
  return text.split(',').map((part) => {
    const [first, last, ...rest] = part.split('-');
    if (first === undefined || last === undefined || rest.length > 0) {
      throw new RangeError(`"${part.trim()}" is no range of times like 09:00-17:00`);
    }
    const from = parseTime(first);
    const until = parseTime(last);
    return [from, until > from ? until : until + 1440];
  });
}

/** Hours of a week as ranges of local minutes from Monday 00:00; the last may reach over the end of the week. */
export type Week = readonly (readonly [from: number, until: number])[];

/** Ranges that touch or overlap are one, over the end of the week too. One that covers all time is a whole week long. */
function mergeRanges(ranges: readonly (readonly [number, number])[]): Week {
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

/**
 * The pauses of a claim policy, merged.
 * @throws RangeError for days and times that cannot be understood, and for pauses that cover all time.
 */
export function compilePauses(pauses: readonly Pause[]): Week {
  const merged = mergeRanges(pauses.flatMap(rangesOf));
  const [first, ...others] = merged;
  if (first !== undefined && others.length === 0 && first[1] - first[0] >= weekMinutes) {
    throw new RangeError('pauses must not cover all time');
  }
  return merged;
}

function rangesOf(pause: Pause): [number, number][] {
  const from = parseTime(pause.from);
  const to = parseTime(pause.to);
  return parseDays(pause.days).map((day) => [day * 1440 + from, day * 1440 + (to > from ? to : to + 1440)]);
}
