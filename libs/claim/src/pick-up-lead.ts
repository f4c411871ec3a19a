import { type EpochMilliseconds, Rejection } from '@lead-rotator/event-sourcing';
import type { LeadRotatorEvent, UserId } from '@lead-rotator/lead-events';
import type { Distribution, LeadFacts, RefusalCode, Rotation } from '@lead-rotator/rotation';
import type { LeadState } from './lead-state.ts';
import { followersOf } from './ownership.ts';
import { iso, type Result, type Scene } from './scene.ts';
import { claimOffer, refusalOfOffer } from './take-offer.ts';

/** What it takes to pick up a lead that waits. */
export const toPickUp = 'an active member of its rotation with the permission pick-up';

/** A member takes a waiting lead, or one that is offered to them; that is a claim too. */
export function pickUpLead(scene: Scene, { by }: { by: UserId }, at: EpochMilliseconds): Result {
  const { distribution, lead } = scene;
  const { leadId } = lead.facts;
  if (lead.closed !== undefined) return new Rejection('closed', { leadId });
  if (lead.offer !== undefined) {
    const refusal = refusalOfOffer(scene, lead.offer, by, at);
    if (refusal === undefined) return claimOffer(scene, lead.offer, by, at);
    return new Rejection(refusal, { leadId, userId: by, needs: 'to be offered it, and to have room for it' });
  }
  if (lead.ownerId !== undefined && lead.offeredTo.includes(by)) return taken(lead);
  const queue = lead.waitingIn ?? lead.lastQueue ?? lead.turnRotationId;
  const rotation = queue === undefined ? undefined : distribution.rotations.get(queue);
  if (!mayPickUp(distribution, rotation, by)) {
    return new Rejection('not-allowed', { leadId, userId: by, needs: toPickUp });
  }
  if (lead.ownerId !== undefined) return taken(lead);
  if (rotation === undefined || lead.waitingIn !== rotation.id) return new Rejection('not-in-queue', { leadId });
  if (!isPermitted(rotation, lead)) return new Rejection('not-permitted-status', { leadId, status: lead.facts.status });
  const followers = followersOf(lead, scene.related).filter((one) => one.ownerId === undefined);
  return [lead, ...followers].flatMap((one) => pickedUp(one, rotation, by, at));
}

const taken = (lead: LeadState): Rejection<RefusalCode> =>
  new Rejection('taken', { leadId: lead.facts.leadId, ownerId: lead.ownerId });

/**
 * An active member with the permission to. Of a lead that has been in no queue and came by no turn, being a member of
 * any rotation is enough to be told who has it.
 */
export function mayPickUp(distribution: Distribution, rotation: Rotation | undefined, userId: UserId): boolean {
  const user = distribution.users.get(userId);
  if (user === undefined || !user.active || !user.permissions.includes('pick-up')) return false;
  if (rotation !== undefined) return rotation.member(userId) !== undefined;
  return distribution.rotationIds.some((id) => distribution.rotations.get(id)?.member(userId) !== undefined);
}

/** Whether leads of this group and status may be picked up: `default` stands for groups that are not named. */
export function isPermitted(rotation: Rotation, { facts }: { facts: Pick<LeadFacts, 'group' | 'status'> }): boolean {
  const { pickUp } = rotation.settings;
  if (pickUp === undefined) return true;
  const { group, status } = facts;
  const statuses = (group !== undefined && Object.hasOwn(pickUp, group) ? pickUp[group] : pickUp.default) ?? [];
  return statuses.includes(status);
}

function pickedUp(lead: LeadState, rotation: Rotation, ownerId: UserId, at: EpochMilliseconds): LeadRotatorEvent[] {
  const data = { leadId: lead.facts.leadId, contactIds: [...lead.contactIds], ownerId, at: iso(at) };
  return [
    {
      type: 'LeadPickedUp',
      data: { ...data, rotationId: rotation.id, why: { step: 'picked-up', reason: 'queue' } },
    },
    { type: 'LeadClaimed', data },
  ];
}
