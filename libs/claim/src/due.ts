import type { EpochMilliseconds } from '@lead-rotator/event-sourcing';
import type { ClaimPolicy, UserId } from '@lead-rotator/lead-events';
import type { Distribution, Rotation, Zone } from '@lead-rotator/rotation';
import { dueInOpenTime } from './open-time.ts';
import { Pauses } from './pauses.ts';

/**
 * Until when a lead must be claimed that a turn gives out at `start` (domain reference, "Claims and deadlines").
 * Local times are those of the rotation's time zone; of team hours, those of the calendar; of member hours, the owner's.
 */
export function dueAt(
  distribution: Distribution,
  rotation: Rotation,
  policy: ClaimPolicy,
  ownerId: UserId,
  start: EpochMilliseconds,
): EpochMilliseconds {
  const { within, clock = 'wall', pauses } = policy;
  if (clock === 'wall' && (pauses === undefined || pauses.length === 0)) return start + within;
  const zone = distribution.zone(rotation.settings.timeZone);
  if (clock === 'wall') return dueOutsidePauses(pausesOf(policy, zone), within, start);
  return dueInOpenTime(distribution, policy, pausesOf(policy, zone), ownerId, start);
}

/** A short window never begins before the end of a pause that it meets; a long one runs through pauses. */
export function dueOutsidePauses(pauses: Pauses, within: number, start: EpochMilliseconds): EpochMilliseconds {
  const short = within < pauses.gap;
  let due = start + within;
  for (const [from, until] of pauses.from(start)) {
    if (from > due) break;
    if (short || from <= start) due = until + within;
    else if (due < until) due = until;
  }
  return due;
}

const known = new WeakMap<ClaimPolicy, Map<string, Pauses>>();

/** The pauses of a policy in a zone, compiled once. */
function pausesOf(policy: ClaimPolicy, zone: Zone): Pauses {
  const byZone = known.get(policy) ?? new Map<string, Pauses>();
  known.set(policy, byZone);
  const pauses = byZone.get(zone.name) ?? new Pauses(policy.pauses ?? [], zone);
  byZone.set(zone.name, pauses);
  return pauses;
}
