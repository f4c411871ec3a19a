import type { EpochMilliseconds } from '@lead-rotator/event-sourcing';
import type { ActivityId, LeadRotatorEvent } from '@lead-rotator/lead-events';
import type { LeadState } from './lead-state.ts';
import { type Events, iso, type Scene } from './scene.ts';

/** Claims the lead, and with it the one that it follows and those that follow the same: a claim of any claims all. */
export function claimGroup({ lead, related }: Scene, at: EpochMilliseconds, activityId?: ActivityId): Events {
  const leaderId = lead.follows ?? lead.facts.leadId;
  const group = related.filter(
    (one) =>
      (one.facts.leadId === leaderId || one.follows === leaderId) &&
      one.ownerId === lead.ownerId &&
      !one.claimed &&
      one.closed === undefined,
  );
  return [claimed(lead, at, activityId), ...group.map((one) => claimed(one, at))];
}

function claimed(lead: LeadState, at: EpochMilliseconds, activityId?: ActivityId): LeadRotatorEvent {
  const { turnRotationId: rotationId } = lead;
  return {
    type: 'LeadClaimed',
    data: {
      leadId: lead.facts.leadId,
      contactIds: [...lead.contactIds],
      ownerId: lead.ownerId as NonNullable<typeof lead.ownerId>,
      ...(rotationId === undefined ? {} : { rotationId }),
      ...(activityId === undefined ? {} : { activityId }),
      at: iso(at),
    },
  };
}
