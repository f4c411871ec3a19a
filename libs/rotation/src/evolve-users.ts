import { unreachable } from '@lead-rotator/event-sourcing';
import type { LeadRotatorEvent } from '@lead-rotator/lead-events';
import type { Distribution } from './distribution.ts';
import { compileAway } from './schedule.ts';
import { type User, withProfile } from './user.ts';

type UserEvent = Extract<LeadRotatorEvent, { type: `User${string}` }>;

/** Users come and go; the roster is the order in which they were registered, until somebody is moved. */
export function evolveUsers(distribution: Distribution, event: UserEvent): void {
  if (event.type === 'UserMoved') {
    distribution.moveUser(event.data.userId, event.data.place);
    return;
  }
  const user = evolveUser(distribution.users.get(event.data.userId), event);
  if (user !== undefined) distribution.putUser(user);
}

/** One user, as they are after an event of theirs; undefined of somebody who was never registered. The user given is not changed. */
export function evolveUser(user: User | undefined, event: Exclude<UserEvent, { type: 'UserMoved' }>): User | undefined {
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
    case 'UserAwayPlanned': {
      const { from, to } = event.data;
      const written = { ...user.written, away: [...user.written.away, { from, to }] };
      return { ...user, away: [...user.away, compileAway(event.data)], written };
    }
    default:
      return unreachable(event);
  }
}
