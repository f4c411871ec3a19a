import type { EpochMilliseconds } from '@lead-rotator/event-sourcing';
import type { Rotation } from '@lead-rotator/rotation';
import { type Events, iso, type Scene } from './scene.ts';

/** If the rotation refunds, and the lead is taken away by what happens next, its turn counts no more against the caps. */
export function refundOf({ lead }: Scene, rotation: Rotation, next: Events, at: EpochMilliseconds): Events {
  if (rotation.settings.refund !== true || lead.ownerId === undefined || lead.turnRotationId === undefined) return [];
  const { leadId } = lead.facts;
  const isTaken = next.some((event) => 'previousOwnerId' in event.data && event.data.leadId === leadId);
  if (!isTaken) return [];
  return [
    {
      type: 'TurnRefunded',
      data: {
        leadId,
        rotationId: rotation.id,
        userId: lead.ownerId,
        turnAt: iso(lead.ownedSince),
        at: iso(at),
      },
    },
  ];
}
