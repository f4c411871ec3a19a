import type { Rejection } from '@lead-rotator/event-sourcing';
import type { RotationSettings } from '@lead-rotator/lead-events';
import type { Distribution } from '../distribution.ts';
import { invalid } from '../refusal.ts';
import { findZone } from '../zone.ts';

/** The first thing in the settings of a rotation that cannot be; undefined if there is none. */
export function faultsOfSettings(
  _distribution: Distribution,
  settings: RotationSettings,
): Rejection<'invalid'> | undefined {
  const { timeZone, caps, claim } = settings;
  if (timeZone !== undefined && findZone(timeZone) === undefined) {
    return invalid('timeZone', `${timeZone} is no time zone`);
  }
  for (const [window, limit] of Object.entries(caps ?? {})) {
    if (limit < 0) return invalid(`caps.${window}`, 'must not be below 0');
  }
  if (claim === undefined) return undefined;
  if (!(claim.within > 0)) return invalid('claim.within', 'must be above 0');
  if (claim.counts?.includes('view')) return invalid('claim.counts', 'viewing can never claim');
  if (claim.whenExhausted === 'start-over' && !claim.maxReassignments) {
    return invalid('claim.whenExhausted', 'start-over needs maxReassignments');
  }
  return undefined;
}
