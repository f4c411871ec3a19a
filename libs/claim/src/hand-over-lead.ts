import { type EpochMilliseconds, Rejection } from '@lead-rotator/event-sourcing';
import type { LeadRotatorEvent, UserId } from '@lead-rotator/lead-events';
import { isManager } from '@lead-rotator/rotation';
import type { LeadState } from './lead-state.ts';
import { followersOf } from './ownership.ts';
import { iso, type Result, type Scene } from './scene.ts';

/**
 * A person gives a lead to somebody, outside the turn: its owner, a manager or an admin. Those that follow it go too.
 * Without `by` the right to do so was tested before.
 */
export function handOverLead(scene: Scene, { to, by }: { to: UserId; by?: UserId }, at: EpochMilliseconds): Result {
  const { distribution, lead, related } = scene;
  const { leadId } = lead.facts;
  if (lead.closed !== undefined) return new Rejection('closed', { leadId });
  const receiver = distribution.users.get(to);
  if (receiver === undefined) return new Rejection('unknown-user', { userId: to });
  if (by !== undefined && by !== lead.ownerId && !mayGiveAny(scene, by)) {
    return new Rejection('not-owner', { leadId, ownerId: lead.ownerId });
  }
  if (!receiver.active) return new Rejection('inactive-user', { userId: to });
  if (lead.ownerId === to) return [];
  const followers = followersOf(lead, related).filter((one) => one.ownerId !== to);
  return [handedOver(lead, to, at), ...followers.map((one) => handedOver(one, to, at, lead))];
}

function mayGiveAny({ distribution }: Scene, userId: UserId): boolean {
  const user = distribution.users.get(userId);
  return user !== undefined && isManager(user);
}

function handedOver(lead: LeadState, to: UserId, at: EpochMilliseconds, leader?: LeadState): LeadRotatorEvent {
  return {
    type: 'LeadHandedOver',
    data: {
      leadId: lead.facts.leadId,
      contactIds: [...lead.contactIds],
      ...(lead.ownerId === undefined ? {} : { previousOwnerId: lead.ownerId }),
      ownerId: to,
      why:
        leader === undefined
          ? { step: 'by-hand', reason: 'given' }
          : { step: 'by-hand', reason: 'follows', otherLeadId: leader.facts.leadId },
      at: iso(at),
    },
  };
}
