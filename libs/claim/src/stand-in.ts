import type { EpochMilliseconds } from '@lead-rotator/event-sourcing';
import type { UserId } from '@lead-rotator/lead-events';
import type { Rotation } from '@lead-rotator/rotation';
import { giveOutsideTurn, leaveToNobody, type Passed, type Way } from './ownership.ts';
import type { Events, Scene } from './scene.ts';

/** A lead as a turn looks at it. */
export const turnLead = ({ lead }: Scene) => ({ facts: lead.facts, declined: lead.declined, had: lead.had });

/** It waits until somebody picks it up. */
export const enqueue = (scene: Scene, rotation: Rotation, way: Way, at: EpochMilliseconds): Events =>
  leaveToNobody(scene, { rotationId: rotation.id, waits: 'for-pick-up', why: { ...way, reason: 'queue' } }, at);

/**
 * To a user whom a setting names, outside the turn. If they are inactive by then, or none is named, number one on the
 * roster stands in; if there is none, the lead is unassigned. Who has it already keeps it. `passed`: the
 * members who could have had it but for these reasons.
 */
export function giveToStandIn(
  scene: Scene,
  rotation: Rotation,
  named: UserId | undefined,
  why: Way & { reason: 'rotation-off' | 'manual' | 'rotation-empty' | 'backup' | 'rotation-owner' },
  at: EpochMilliseconds,
  passed?: Passed,
): Events {
  const { distribution, lead } = scene;
  const rotationId = rotation.id;
  const userId = distribution.isActive(named) ? named : distribution.numberOne();
  if (userId === undefined) {
    const left = { rotationId, waits: 'for-pick-up', notice: 'nobody-eligible', why } as const;
    return leaveToNobody(scene, passed === undefined ? left : { ...left, passed }, at);
  }
  return userId === lead.ownerId ? [] : giveOutsideTurn(scene, userId, why, at, { rotationId, ...passed });
}
