import type { EpochMilliseconds } from '@lead-rotator/event-sourcing';
import { replaceOwner } from './reassign.ts';
import { type Events, iso, type Scene } from './scene.ts';

/**
 * After a user was deactivated, for each of their leads in the order in which they got them: an unclaimed one that came
 * by a turn is reassigned by its rotation, for another open one a notice is raised. No events if the owner is active.
 */
export function leaveDeactivatedOwner(scene: Scene, at: EpochMilliseconds): Events {
  const { distribution, lead } = scene;
  if (lead.closed !== undefined || lead.ownerId === undefined || distribution.isActive(lead.ownerId)) return [];
  const rotation = lead.turnRotationId === undefined ? undefined : distribution.rotations.get(lead.turnRotationId);
  if (rotation !== undefined && !lead.claimed) {
    return replaceOwner(scene, rotation, { step: 'owner-deactivated' }, at);
  }
  return [
    {
      type: 'OwnerFoundInactive',
      data: { leadId: lead.facts.leadId, ownerId: lead.ownerId, notice: 'owner-inactive', at: iso(at) },
    },
  ];
}
