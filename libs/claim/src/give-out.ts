import type { EpochMilliseconds } from '@lead-rotator/event-sourcing';
import { type Rotation, takeTurn } from '@lead-rotator/rotation';
import { offerLead } from './offer-lead.ts';
import { giveByTurn, leaveToNobody, type Passed, type Way } from './ownership.ts';
import type { Events, Scene } from './scene.ts';
import { enqueue, giveToStandIn, turnLead } from './stand-in.ts';

/** A lead comes to a rotation: what the rotation does with it, whoever had it before. */
export function giveOut(scene: Scene, rotation: Rotation, way: Way, at: EpochMilliseconds): Events {
  const { distribution } = scene;
  const { strategy } = rotation;
  if (!rotation.on) {
    return giveToStandIn(scene, rotation, undefined, { ...way, reason: 'rotation-off' }, at);
  }
  if (strategy.type === 'manual') {
    return giveToStandIn(scene, rotation, strategy.assignee, { ...way, reason: 'manual' }, at);
  }
  if (rotation.list.length === 0) {
    return giveToStandIn(scene, rotation, rotation.settings.ownerId, { ...way, reason: 'rotation-empty' }, at);
  }
  if (strategy.type === 'queue-hidden' || strategy.type === 'queue-preview') return enqueue(scene, rotation, way, at);
  if (strategy.type === 'first-to-claim') return offerLead(scene, rotation, strategy, way, at);
  const taken = takeTurn(distribution, rotation, turnLead(scene), at);
  return taken.userId === undefined
    ? whenNobody(scene, rotation, taken.passed, way, at)
    : giveByTurn(scene, rotation, taken.userId, taken.turn, way, at);
}

function whenNobody(scene: Scene, rotation: Rotation, passed: Passed, way: Way, at: EpochMilliseconds): Events {
  const { whenNobody = 'unassigned', ownerId } = rotation.settings;
  if (typeof whenNobody === 'object') {
    return giveToStandIn(scene, rotation, whenNobody.backup, { ...way, reason: 'backup' }, at, passed);
  }
  if (whenNobody === 'owner') {
    return giveToStandIn(scene, rotation, ownerId, { ...way, reason: 'rotation-owner' }, at, passed);
  }
  const rotationId = rotation.id;
  if (whenNobody === 'hold') {
    return leaveToNobody(scene, { rotationId, waits: 'for-somebody', passed, why: { ...way, reason: 'hold' } }, at);
  }
  const why = { ...way, reason: 'nobody-eligible' as const };
  return leaveToNobody(scene, { rotationId, waits: 'for-pick-up', notice: 'nobody-eligible', passed, why }, at);
}
