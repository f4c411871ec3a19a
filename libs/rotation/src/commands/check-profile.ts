import type { Rejection } from '@lead-rotator/event-sourcing';
import { invalid } from '../refusal.ts';
import { compileAway, compileWeek } from '../schedule.ts';
import type { ProfileChange } from '../user.ts';
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
    whyNot('hours', () => hours && compileWeek(hours)) ??
    whyNot('away', () => away?.map(compileAway))
  );
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
