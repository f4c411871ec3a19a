import { type EpochMilliseconds, Rejection } from '@lead-rotator/event-sourcing';
import type { EventOfType, LeadRotatorEvent, UserId } from '@lead-rotator/lead-events';
import type { Distribution } from '../distribution.ts';
import { invalid, type RefusalCode } from '../refusal.ts';
import type { ProfileChange } from '../user.ts';
import { faultOfPlace } from './check-place.ts';
import { checkedAway, checkedEdge, faultsOfProfile, whyNot } from './check-profile.ts';
import { faultOfSponsor } from './check-user.ts';

type Result = readonly LeadRotatorEvent[] | Rejection<RefusalCode>;
export type NewUser = Omit<EventOfType<'UserRegistered'>['data'], 'at'>;

const iso = (at: EpochMilliseconds): string => new Date(at).toISOString();

/**
 * Puts a user at the end of the roster. Refused as `invalid` if the id or the email is taken: either names one user, and
 * so no id is the email of another.
 * @param together who is registered with them, and may be their sponsor already.
 */
export function registerUser(
  distribution: Distribution,
  user: NewUser,
  at: EpochMilliseconds,
  together: readonly UserId[] = [],
): Result {
  const namesake = distribution.findUser(user.userId);
  if (namesake?.id === user.userId) return invalid('userId', `${user.userId} is registered`);
  if (namesake !== undefined) return invalid('userId', `it is the email of ${namesake.id}`);
  if (distribution.findUser(user.email) !== undefined) return invalid('email', 'somebody has this email');
  return (
    faultOfSite(distribution, user) ??
    faultOfSponsor(distribution, user, together) ??
    faultsOfProfile(user) ?? [{ type: 'UserRegistered', data: { ...user, at: iso(at) } }]
  );
}

/** A site leads to one user: whom it named last would get the leads that come from it. */
function faultOfSite(distribution: Distribution, { userId, site }: ProfileChange): Rejection<'invalid'> | undefined {
  const owner = site === undefined ? undefined : distribution.ownerOfSite(site);
  return owner === undefined || owner === userId ? undefined : invalid('site', `it is the site of ${owner}`);
}

/** What is named becomes new, the rest stays. */
export function changeUserProfile(distribution: Distribution, change: ProfileChange, at: EpochMilliseconds): Result {
  const user = distribution.users.get(change.userId);
  if (user === undefined) return new Rejection('unknown-user', { userId: change.userId });
  const other = change.email === undefined ? undefined : distribution.findUser(change.email);
  if (other !== undefined && other.id !== user.id) return invalid('email', 'somebody has this email');
  return (
    faultOfSite(distribution, change) ??
    faultOfSponsor(distribution, change) ??
    faultsOfProfile(change) ?? [{ type: 'UserProfileChanged', data: { ...change, at: iso(at) } }]
  );
}

/** To another place on the roster, from 1: it decides who is number one. */
export function moveUser(
  distribution: Distribution,
  { userId, place }: { userId: UserId; place: number },
  at: EpochMilliseconds,
): Result {
  if (distribution.users.get(userId) === undefined) return new Rejection('unknown-user', { userId });
  const fault = faultOfPlace(place, distribution.roster.length);
  if (fault !== undefined) return fault;
  if (distribution.roster[place - 1] === userId) return [];
  return [{ type: 'UserMoved', data: { userId, place, at: iso(at) } }];
}

/** An inactive user gets no leads. What happens to those they have is decided lead by lead (`releaseLeadOf` of claims). */
export const deactivateUser = (distribution: Distribution, userId: UserId, at: EpochMilliseconds): Result =>
  turnTo(distribution, userId, 'active', false, { type: 'UserDeactivated', data: { userId, at: iso(at) } });

export const activateUser = (distribution: Distribution, userId: UserId, at: EpochMilliseconds): Result =>
  turnTo(distribution, userId, 'active', true, { type: 'UserActivated', data: { userId, at: iso(at) } });

/** The switch of their own by which a user takes leads or does not. */
export const switchUser = (distribution: Distribution, userId: UserId, on: boolean, at: EpochMilliseconds): Result =>
  turnTo(distribution, userId, 'switchedOn', on, {
    type: on ? 'UserSwitchedOn' : 'UserSwitchedOff',
    data: { userId, at: iso(at) },
  });

/** An absence in addition to those planned before, once; `from` and `to` as in the profile. */
export function planAway(
  distribution: Distribution,
  plan: { userId: UserId; from: string; to: string },
  at: EpochMilliseconds,
): Result {
  const { userId, from, to } = plan;
  const user = distribution.users.get(userId);
  if (user === undefined) return new Rejection('unknown-user', { userId });
  if (user.written.away.some((known) => known.from === from && known.to === to)) return [];
  return (
    whyNot('from', () => checkedEdge(from)) ??
    whyNot('to', () => checkedAway({ from, to })) ?? [
      { type: 'UserAwayPlanned', data: { userId, from, to, at: iso(at) } },
    ]
  );
}

function turnTo(
  distribution: Distribution,
  userId: UserId,
  field: 'active' | 'switchedOn',
  value: boolean,
  event: LeadRotatorEvent,
): Result {
  const user = distribution.users.get(userId);
  if (user === undefined) return new Rejection('unknown-user', { userId });
  return user[field] === value ? [] : [event];
}
