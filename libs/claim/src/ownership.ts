import type { EpochMilliseconds } from '@lead-rotator/event-sourcing';
import type { LeadRotatorEvent, Notice, RotationId, Turn, UserId, Why } from '@lead-rotator/lead-events';
import type { Rotation } from '@lead-rotator/rotation';
import { dueAt } from './due.ts';
import type { LeadState } from './lead-state.ts';
import { type Events, iso, type Scene } from './scene.ts';

/** Who was not eligible, and why. */
export type Passed = Pick<Turn, 'passedOver' | 'more'>;

/** By which way the lead came to this decision. */
export type Way = Pick<Why, 'step' | 'rule' | 'ruleSet'>;

/** The lead goes to a member by their turn, and must be claimed if the rotation says so. */
export function giveByTurn(
  scene: Scene,
  rotation: Rotation,
  ownerId: UserId,
  turn: Turn,
  way: Way,
  at: EpochMilliseconds,
): Events {
  const { claim } = rotation;
  const due = claim === undefined ? {} : { due: iso(dueAt(scene.distribution, rotation, claim, ownerId, at)) };
  return give(scene, ownerId, { rotationId: rotation.id, turn, ...due, why: { ...way, reason: 'turn' } }, at);
}

/** The lead goes to somebody outside the turn; `from` is the rotation that had a part in it, and whom it passed over. */
export function giveOutsideTurn(
  scene: Scene,
  ownerId: UserId,
  why: Why,
  at: EpochMilliseconds,
  from: { readonly rotationId?: RotationId } & Partial<Passed> = {},
): Events {
  return give(scene, ownerId, { ...from, why }, at);
}

interface Assignment extends Partial<Passed> {
  readonly rotationId?: RotationId;
  readonly turn?: Turn;
  readonly due?: string;
  readonly why: Why;
}

function give({ lead, related }: Scene, ownerId: UserId, more: Assignment, at: EpochMilliseconds): Events {
  const events = [assignment(lead, ownerId, more, at)];
  for (const follower of followersOf(lead, related)) {
    if (follower.ownerId === ownerId) continue;
    const why = { ...more.why, reason: 'follows' as const, otherLeadId: lead.facts.leadId };
    events.push(assignment(follower, ownerId, { why }, at));
  }
  return events;
}

function assignment(lead: LeadState, ownerId: UserId, more: Assignment, at: EpochMilliseconds): LeadRotatorEvent {
  const data = { leadId: lead.facts.leadId, contactIds: [...lead.contactIds], ownerId, ...more, at: iso(at) };
  if (lead.ownerId !== undefined) {
    return { type: 'LeadReassigned', data: { ...data, previousOwnerId: lead.ownerId } };
  }
  return lead.had.length > 0 ? { type: 'LeadReassigned', data } : { type: 'LeadAssigned', data };
}

/** What becomes of a lead that nobody gets. */
export interface Unassigned {
  readonly rotationId?: RotationId;
  readonly waits?: 'for-pick-up' | 'for-somebody';
  readonly notice?: Notice;
  readonly passed?: Passed;
  readonly why: Why;
}

/** Nobody has the lead for now, nor those that follow it. */
export function leaveToNobody({ lead, related }: Scene, left: Unassigned, at: EpochMilliseconds): Events {
  const { passed, ...more } = left;
  const events = [unassignment(lead, { ...more, ...passed }, at)];
  for (const follower of followersOf(lead, related)) {
    if (follower.ownerId === undefined) continue;
    const why = { ...left.why, reason: 'follows' as const, otherLeadId: lead.facts.leadId };
    events.push(unassignment(follower, { why }, at));
  }
  return events;
}

function unassignment(
  lead: LeadState,
  more: Omit<Unassigned, 'passed'> & Partial<Passed>,
  at: EpochMilliseconds,
): LeadRotatorEvent {
  const data = { leadId: lead.facts.leadId, contactIds: [...lead.contactIds], ...more, at: iso(at) };
  return lead.ownerId === undefined
    ? { type: 'LeadLeftUnassigned', data }
    : { type: 'LeadTakenAway', data: { ...data, previousOwnerId: lead.ownerId } };
}

/** The leads that go where this one goes: whoever gets this one gets them too. */
export const followersOf = (lead: LeadState, related: readonly LeadState[]): LeadState[] =>
  related.length === 0
    ? []
    : related.filter((one) => one.follows === lead.facts.leadId && !one.claimed && one.closed === undefined);
