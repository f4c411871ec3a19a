import type { EventOfType, LeadRotatorEvent, RotationId, UserId } from '@lead-rotator/lead-events';
import { decidedBefore } from './decided-before.ts';
import type { Distribution } from './distribution.ts';
import type { Member } from './member.ts';
import type { Rotation } from './rotation.ts';
import { closedSegment } from './strategies/predictive.ts';
import { strategies } from './strategies/registry.ts';

/** What an event says about who owns a lead from now on, and who did until now. */
export interface OwnerChange {
  readonly previousOwnerId?: UserId;
  readonly ownerId?: UserId;
}

/** Counts the open leads of users. */
export function evolveOwnership(distribution: Distribution, change: OwnerChange): void {
  const before = change.previousOwnerId === undefined ? undefined : distribution.editLoad(change.previousOwnerId);
  if (before !== undefined) before.open -= 1;
  const now = change.ownerId === undefined ? undefined : distribution.editLoad(change.ownerId);
  if (now !== undefined) now.open += 1;
}

/** Moves the rotation as the decision did, and counts the turn. */
export function evolveTurn(
  distribution: Distribution,
  data: EventOfType<'LeadAssigned'>['data'] | EventOfType<'LeadReassigned'>['data'],
): void {
  const { turn, rotationId, ownerId } = data;
  if (turn === undefined || rotationId === undefined) return;
  const rotation = distribution.rotations.edit(rotationId);
  const place = rotation?.placeOf(ownerId);
  const member = rotation?.edit(ownerId);
  if (rotation === undefined || member === undefined || place === undefined) return;
  const at = Date.parse(data.at);
  /* Who takes an offer has had a turn, though the strategy may be another by then: no line moves. */
  const { type } = rotation.strategy;
  if (turn.strategy === type) strategies[type].serve(rotation, place, turn, at, distribution);
  rotation.turns = turn.number;
  if (turn.extra !== true) rotation.lastServed = ownerId;
  member.lastTurn = turn.number;
  member.counts.add(distribution.zone(rotation.settings.timeZone), at);
  distribution.turns += 1;
  const load = distribution.editLoad(ownerId);
  if (load === undefined) return;
  load.lastTurn = distribution.turns;
  load.counts.add(distribution.zone(member.person.user.timeZone), at);
}

/** Counts misses in a row; a claim ends the row. */
export function evolveMisses(
  distribution: Distribution,
  rotationId: RotationId,
  userId: UserId,
  missed: boolean,
): void {
  const member = distribution.rotations.get(rotationId)?.member(userId);
  if (member === undefined || (!missed && member.misses === 0)) return;
  const own = distribution.rotations.edit(rotationId)?.edit(userId);
  if (own !== undefined) own.misses = missed ? own.misses + 1 : 0;
}

/** Gives a turn back to the caps (refund). */
export function evolveRefund(distribution: Distribution, event: EventOfType<'TurnRefunded'>): void {
  const { data } = event;
  const rotation = distribution.rotations.edit(data.rotationId);
  const turnAt = Date.parse(data.turnAt);
  const at = Date.parse(data.at);
  const zone = distribution.zone(rotation?.settings.timeZone);
  servedBy(rotation, data.userId, event)?.counts.giveBack(zone, turnAt, at);
  const own = distribution.zone(distribution.users.get(data.userId)?.timeZone);
  distribution.editLoad(data.userId)?.counts.giveBack(own, turnAt, at);
}

/** What a rotation learns from the end of a lead that one of its turns gave out. */
export function evolveOutcome(distribution: Distribution, event: EventOfType<'LeadWon' | 'LeadLost'>): void {
  const { ownerId, rotationId, segment } = event.data;
  if (ownerId === undefined || rotationId === undefined || segment === undefined) return;
  const rotation = distribution.rotations.edit(rotationId);
  const member = servedBy(rotation, ownerId, event);
  if (rotation === undefined || member === undefined) return;
  const closed = decidedBefore(event, 5) ? closedSegment(rotation, segment) : segment;
  const { won, lost } = member.outcomes.get(closed) ?? { won: 0, lost: 0 };
  const known = event.type === 'LeadWon' ? { won: won + 1, lost } : { won, lost: lost + 1 };
  member.outcomes = new Map(member.outcomes).set(closed, known);
}

/** Whom a rotation has served, also if they have left it since; deciders before version 4 forgot those. */
function servedBy(rotation: Rotation | undefined, userId: UserId, event: LeadRotatorEvent): Member | undefined {
  return rotation?.edit(userId) ?? (decidedBefore(event, 4) ? undefined : rotation?.editFormer(userId));
}
