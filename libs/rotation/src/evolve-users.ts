import { unreachable } from '@lead-rotator/event-sourcing';
import type { LeadRotatorEvent } from '@lead-rotator/lead-events';
import type { Distribution } from './distribution.ts';
import { compileAway } from './schedule.ts';
import { sameEmail, type User, withProfile } from './user.ts';

type UserEvent = Extract<LeadRotatorEvent, { type: `User${string}` }>;

/** Users come and go; the roster is the order in which they were registered. */
export function evolveUsers(distribution: Distribution, event: UserEvent): void {
  const { userId } = event.data;
  const before = distribution.users.get(userId);
  if (event.type === 'UserRegistered') distribution.roster.push(userId);
  const user = after(before, event);
  if (user === undefined) return;
  distribution.users.set(userId, user);
  distribution.usersByEmail.set(sameEmail(user.email), userId);
  if (user.site !== undefined) distribution.usersBySite.set(user.site, userId);
  if (user.maxOpen > 0 || Object.keys(user.caps).length > 0) distribution.hasUserLimits = true;
}

function after(user: User | undefined, event: UserEvent): User | undefined {
  if (event.type === 'UserRegistered' || event.type === 'UserProfileChanged') return withProfile(user, event.data);
  if (user === undefined) return undefined;
  switch (event.type) {
    case 'UserDeactivated':
      return { ...user, active: false };
    case 'UserActivated':
      return { ...user, active: true };
    case 'UserSwitchedOn':
      return { ...user, switchedOn: true };
    case 'UserSwitchedOff':
      return { ...user, switchedOn: false };
    case 'UserAwayPlanned':
      return { ...user, away: [...user.away, compileAway(event.data)] };
    default:
      return unreachable(event);
  }
}
