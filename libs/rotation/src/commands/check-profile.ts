import { isDay, type Rejection } from '@lead-rotator/event-sourcing';
import type { AwayPeriod, WeekHours } from '@lead-rotator/lead-events';
import { invalid } from '../refusal.ts';
import { compileAway } from '../schedule.ts';
import type { ProfileChange } from '../user.ts';
import { parseDays, parseRanges } from '../week.ts';
import { findZone } from '../zone.ts';
import { faultOfCount, faultsOfCaps } from './check-caps.ts';

/** The first thing in a user's profile that cannot be; undefined if there is none. */
export function faultsOfProfile(profile: Partial<ProfileChange>): Rejection<'invalid'> | undefined {
  const { timeZone, hours, away, maxOpen, caps } = profile;
  if (timeZone !== undefined && findZone(timeZone) === undefined) {
    return invalid('timeZone', `${timeZone} is no time zone`);
  }
  return (
    faultOfCount('maxOpen', maxOpen) ??
    faultsOfCaps(caps) ??
    faultOfHours(hours) ??
    firstFault(away, (period, index) => whyNot(`away.${index}`, () => checkedAway(period)))
  );
}

/** Hours are open at some time: who never works, or a calendar that never opens, is a slip. */
export function faultOfHours(hours: WeekHours | undefined): Rejection<'invalid'> | undefined {
  if (hours === undefined) return undefined;
  if (Object.keys(hours).length === 0) return invalid('hours', 'must be open at some time');
  return (
    whyNot('hours', () => Object.keys(hours).map(parseDays)) ??
    firstFault(Object.entries(hours), ([days, ranges]) => whyNot(`hours.${days}`, () => parseRanges(ranges)))
  );
}

/** What the first entry is faulty for that is. */
export function firstFault<Entry, Found>(
  entries: readonly Entry[] | undefined,
  faultOf: (entry: Entry, index: number) => Found | undefined,
): Found | undefined {
  for (const [index, entry] of (entries ?? []).entries()) {
    const fault = faultOf(entry, index);
    if (fault !== undefined) return fault;
  }
  return undefined;
}

/**
 * An absence, of days that there are: `Date.parse` takes 30 February for 2 March. Only commands ask; events that were
 * written before keep what they meant.
 * @throws RangeError
 */
export function checkedAway(period: AwayPeriod): void {
  for (const edge of [period.from, period.to]) checkedEdge(edge);
  compileAway(period);
}

/** @throws RangeError */
export function checkedEdge(edge: string): void {
  if (!isDay(edge.slice(0, 10))) throw new RangeError(`${edge} is neither a date nor a time`);
}

/** The message of what could not be understood, as a fault of that part. */
export function whyNot(path: string, compile: () => unknown): Rejection<'invalid'> | undefined {
  try {
    compile();
    return undefined;
  } catch (error) {
    if (error instanceof RangeError) return invalid(path, error.message);
    throw error;
  }
}
