import { Rejection } from '@lead-rotator/event-sourcing';
import type { UserId } from '@lead-rotator/lead-events';
import type { Distribution } from '../distribution.ts';
import { invalid } from '../refusal.ts';
import type { ProfileChange } from '../user.ts';
import { nearestWord } from './nearest-word.ts';

type Fault = Rejection<'unknown-user' | 'invalid'> | undefined;

/** A setting names a user by id: what is wrong with it. `together`: who is registered with them, and may be named. */
export function faultOfUser(
  distribution: Distribution,
  path: string,
  userId: UserId | undefined,
  together: readonly UserId[] = [],
): Fault {
  if (userId === undefined || distribution.users.get(userId) !== undefined || together.includes(userId))
    return undefined;
  const meant = nearestWord(userId, [...together, ...distribution.roster]);
  return new Rejection('unknown-user', { path, userId, fault: `there is no user ${userId}`, found: userId, meant });
}

/** Sponsors are users, and form no circle: in one, everybody would be in everybody's downline. */
export function faultOfSponsor(
  distribution: Distribution,
  { userId, sponsor }: Pick<ProfileChange, 'userId' | 'sponsor'>,
  together?: readonly UserId[],
): Fault {
  const seen = new Set<UserId>();
  for (let above = sponsor; above !== undefined && !seen.has(above); above = distribution.users.get(above)?.sponsor) {
    if (above === userId) {
      return invalid('sponsor', `must be another user, and none below ${userId}`, { found: sponsor });
    }
    seen.add(above);
  }
  return faultOfUser(distribution, 'sponsor', sponsor, together);
}
