import { type EpochMilliseconds, Rejection } from '@lead-rotator/event-sourcing';
import type { LeadRotatorEvent, MemberSettings, RotationId, UserId } from '@lead-rotator/lead-events';
import type { Distribution } from '../distribution.ts';
import type { Member } from '../member.ts';
import { invalid, type RefusalCode } from '../refusal.ts';
import type { Rotation } from '../rotation.ts';
import type { User } from '../user.ts';
import { faultsOfMember, mostTurns } from './check-member.ts';
import { faultOfPlace } from './check-place.ts';
import { nearestWord } from './nearest-word.ts';

type Refusal = Rejection<RefusalCode>;
type Result = readonly LeadRotatorEvent[] | Refusal;

const iso = (at: EpochMilliseconds): string => new Date(at).toISOString();

/** Adds a user, by id or email, at a place of the list from 1 (default: the end). */
export function addMember(
  distribution: Distribution,
  add: { rotationId: RotationId; user: string; place?: number; settings?: MemberSettings },
  at: EpochMilliseconds,
): Result {
  const { rotationId, settings = {} } = add;
  const rotation = distribution.rotations.get(rotationId);
  if (rotation === undefined) return new Rejection('unknown-rotation', { rotationId });
  const user = distribution.findUser(add.user);
  if (user === undefined)
    return new Rejection('unknown-user', { user: add.user, meant: meantBy(distribution, add.user) });
  if (rotation.member(user.id) !== undefined) return new Rejection('already-member', { rotationId, userId: user.id });
  if (!mayEnrol(distribution, rotation, user)) return new Rejection('not-in-team', { rotationId, userId: user.id });
  const place = add.place ?? rotation.list.length + 1;
  return (
    faultOfPlace(place, rotation.list.length + 1) ??
    faultsOfMember(distribution, settings) ?? [
      { type: 'MemberAdded', data: { rotationId, userId: user.id, place, settings, at: iso(at) } },
    ]
  );
}

/** The id or the email, whichever was given, that was probably meant. */
function meantBy({ roster, users }: Distribution, given: string): string | undefined {
  if (!given.includes('@')) return nearestWord(given, roster);
  return nearestWord(
    given,
    roster.flatMap((userId) => users.get(userId)?.email ?? []),
  );
}

/** Whom a rotation takes: anybody, the team of its owner, or everybody below its owner. */
function mayEnrol(distribution: Distribution, rotation: Rotation, user: User): boolean {
  const { enrol = 'anyone', ownerId } = rotation.settings;
  const owner = ownerId === undefined ? undefined : distribution.users.get(ownerId);
  if (enrol === 'anyone' || owner === undefined || user.id === owner.id) return true;
  const inTeam = owner.team !== undefined && user.team === owner.team;
  if (enrol === 'team') return inTeam;
  return (enrol === 'team-or-downline' && inTeam) || isBelow(distribution, user, owner.id);
}

/** Whether a user is in the downline of another, at any depth. */
function isBelow(distribution: Distribution, user: User, above: UserId): boolean {
  const seen = new Set<UserId>();
  for (let next = user.sponsor; next !== undefined && !seen.has(next); ) {
    if (next === above) return true;
    seen.add(next);
    next = distribution.users.get(next)?.sponsor;
  }
  return false;
}

/** The turn goes on with the successor; what they were sent stays on record. */
export const removeMember = (
  distribution: Distribution,
  one: { rotationId: RotationId; userId: UserId },
  at: EpochMilliseconds,
): Result => ofMember(distribution, one, () => [{ type: 'MemberRemoved', data: { ...one, at: iso(at) } }]);

/** To another place of the list, from 1. */
export const moveMember = (
  distribution: Distribution,
  move: { rotationId: RotationId; userId: UserId; place: number },
  at: EpochMilliseconds,
): Result =>
  ofMember(
    distribution,
    move,
    (member, rotation) =>
      faultOfPlace(move.place, rotation.list.length) ??
      (member.place === move.place - 1 ? [] : [{ type: 'MemberMoved', data: { ...move, at: iso(at) } }]),
  );

/**
 * All members in another order; each must be named once. Moves come one after the other, each to its place from the
 * front: the line after the last is that of the new list, however many there are.
 */
export function orderMembers(
  distribution: Distribution,
  { rotationId, userIds }: { rotationId: RotationId; userIds: readonly UserId[] },
  at: EpochMilliseconds,
): Result {
  const rotation = distribution.rotations.get(rotationId);
  if (rotation === undefined) return new Rejection('unknown-rotation', { rotationId });
  const stranger = userIds.find((userId) => rotation.member(userId) === undefined);
  if (stranger !== undefined) {
    const known = distribution.users.get(stranger) !== undefined;
    const path = `members.${userIds.indexOf(stranger)}`;
    return new Rejection(known ? 'not-a-member' : 'unknown-user', { path, rotationId, userId: stranger });
  }
  const missing = rotation.list.find(({ userId }) => !userIds.includes(userId));
  if (missing !== undefined) return invalid('members', `${missing.userId} is missing`);
  const list = rotation.list.map(({ userId }) => userId);
  return userIds.flatMap((userId, index): LeadRotatorEvent[] => {
    if (list[index] === userId) return [];
    list.splice(list.indexOf(userId), 1);
    list.splice(index, 0, userId);
    return [{ type: 'MemberMoved', data: { rotationId, userId, place: index + 1, at: iso(at) } }];
  });
}

/** No leads of this rotation until they are resumed. */
export const pauseMember = (
  distribution: Distribution,
  one: { rotationId: RotationId; userId: UserId },
  at: EpochMilliseconds,
): Result =>
  ofMember(distribution, one, (member) =>
    member.paused ? [] : [{ type: 'MemberPaused', data: { ...one, cause: 'by-hand', at: iso(at) } }],
  );

export const resumeMember = (
  distribution: Distribution,
  one: { rotationId: RotationId; userId: UserId },
  at: EpochMilliseconds,
): Result =>
  ofMember(distribution, one, (member) =>
    member.paused || member.misses > 0 ? [{ type: 'MemberResumed', data: { ...one, at: iso(at) } }] : [],
  );

/** Replaces all settings of a member but `paused`, which has commands of its own. */
export const changeMember = (
  distribution: Distribution,
  change: { rotationId: RotationId; userId: UserId; settings: MemberSettings },
  at: EpochMilliseconds,
): Result =>
  ofMember(
    distribution,
    change,
    () =>
      faultsOfMember(distribution, change.settings) ?? [
        { type: 'MemberSettingsChanged', data: { ...change, at: iso(at) } },
      ],
  );

/** Adds to a member's count of turns, or takes from it, for the strategy fewest-assigned. */
export const creditMember = (
  distribution: Distribution,
  credit: { rotationId: RotationId; userId: UserId; by: number },
  at: EpochMilliseconds,
): Result =>
  ofMember(distribution, credit, () =>
    Number.isSafeInteger(credit.by) && Math.abs(credit.by) <= mostTurns
      ? [{ type: 'MemberCredited', data: { ...credit, at: iso(at) } }]
      : invalid('by', `must be a whole number from -${mostTurns} to ${mostTurns}`, { found: credit.by }),
  );

function ofMember(
  distribution: Distribution,
  { rotationId, userId }: { rotationId: RotationId; userId: UserId },
  decide: (member: Member, rotation: Rotation) => Result,
): Result {
  const rotation = distribution.rotations.get(rotationId);
  if (rotation === undefined) return new Rejection('unknown-rotation', { rotationId });
  const member = rotation.member(userId);
  if (member !== undefined) return decide(member, rotation);
  const known = distribution.users.get(userId) !== undefined;
  return new Rejection(known ? 'not-a-member' : 'unknown-user', { rotationId, userId });
}
