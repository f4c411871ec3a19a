import type { WeekHours } from '@lead-rotator/lead-events';

const days = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];
const minute = 60_000;
const day = 1_440 * minute;
const week = 7 * day;
/** 1970-01-05 was a Monday. */
const firstMonday = 4 * day;

/** From one time of the week to another, in milliseconds since Monday 00:00; the latter may lie in the next week. */
type Shift = readonly [from: number, to: number];

/** The hours of a week in which somebody works. */
export class WorkingHours {
  readonly #shifts: readonly Shift[];

  constructor(hours: WeekHours) {
    this.#shifts = Object.entries(hours).flatMap(([names, ranges]) =>
      daysOf(names).flatMap((index) => ranges.split(',').map((range) => shiftOn(index, range))),
    );
  }

  /** @param local what the clock on the wall shows, as if it were universal time */
  include(local: number): boolean {
    const time = (((local - firstMonday) % week) + week) % week;
    return this.#shifts.some(([from, to]) => (time >= from && time < to) || time + week < to);
  }
}

/** `mon`, `mon-fri`, `sat, sun`, `sat-mon`. */
function daysOf(names: string): number[] {
  return names.split(',').flatMap((part) => {
    const [from = 0, to = from] = part.split('-').map((name) => days.indexOf(name.trim().toLowerCase()));
    const length = ((to - from + 7) % 7) + 1;
    return Array.from({ length }, (_, index) => (from + index) % 7);
  });
}

function shiftOn(index: number, range: string): Shift {
  const [from = 0, to = 0] = range.split('-').map(timeOfDay);
  return [index * day + from, index * day + (to > from ? to : to + day)];
}

function timeOfDay(text: string): number {
  const [hours = 0, minutes = 0] = text.split(':').map(Number);
  return (hours * 60 + minutes) * minute;
}
