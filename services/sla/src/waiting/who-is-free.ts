import type { EpochMilliseconds } from '@lead-rotator/event-sourcing';
import type { RotationId } from '@lead-rotator/lead-events';
import { type Distribution, limitOf, memberAbsence } from '@lead-rotator/rotation';

/**
 * The members of a rotation who could take a lead at an instant, whatever the lead, and everything that decides which
 * leads suit them. As long as the parts are the same things, a lead that suits none of them will not suit them later.
 */
export type FreeMembers = readonly unknown[];

/** Empty when nobody is there, or the rotation is off. */
export function whoIsFree(distribution: Distribution, rotationId: RotationId, at: EpochMilliseconds): FreeMembers {
  const rotation = distribution.rotations.get(rotationId);
  if (rotation === undefined || !rotation.on) return [];
  const free: unknown[] = [];
  for (const member of rotation.list) {
    if (memberAbsence(distribution, member, at) !== undefined) continue;
    if (limitOf(distribution, rotation, member, at) !== undefined) continue;
    free.push(member.settings, member.person.user);
  }
  return free.length === 0 ? free : [rotation.settings, distribution.territories, distribution.calendars, ...free];
}

export function areTheSame(one: FreeMembers, other: FreeMembers): boolean {
  return one.length === other.length && one.every((part, index) => part === other[index]);
}
