import { type EpochMilliseconds, Rejection } from '@lead-rotator/event-sourcing';
import type { LeadRotatorEvent, UserId } from '@lead-rotator/lead-events';
import { replaceOwner } from './reassign.ts';
import { refundOf } from './refund.ts';
import { iso, type Result, type Scene } from './scene.ts';

/** The present owner does not want a lead that came by a turn and is not claimed: it is reassigned at once. */
export function declineLead(scene: Scene, { by }: { by: UserId }, at: EpochMilliseconds): Result {
  const { distribution, lead } = scene;
  const { leadId } = lead.facts;
  if (lead.closed !== undefined) return new Rejection('closed', { leadId });
  if (lead.ownerId !== by) return new Rejection('not-owner', { leadId, ownerId: lead.ownerId });
  const rotation = lead.turnRotationId === undefined ? undefined : distribution.rotations.get(lead.turnRotationId);
  if (rotation === undefined || lead.claimed) {
    return new Rejection('not-allowed', { leadId, needs: 'a lead that came by a turn and is not claimed' });
  }
  const declined: LeadRotatorEvent = {
    type: 'LeadDeclined',
    data: { leadId, ownerId: by, rotationId: rotation.id, at: iso(at) },
  };
  const after = { ...scene, lead: { ...lead, declined: [...lead.declined, by], due: undefined } };
  const next = replaceOwner(after, rotation, { step: 'declined' }, at);
  return [declined, ...next, ...refundOf(scene, rotation, next, at)];
}
