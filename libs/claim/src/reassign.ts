import { type EpochMilliseconds, unreachable } from '@lead-rotator/event-sourcing';
import type { ClaimPolicy, LeadRotatorEvent } from '@lead-rotator/lead-events';
import { mayHaveLater, type Rotation, takeTurn } from '@lead-rotator/rotation';
import { giveOut } from './give-out.ts';
import { giveByTurn, leaveToNobody, type Passed, type Way } from './ownership.ts';
import { type Events, iso, type Scene } from './scene.ts';
import { giveToStandIn, turnLead } from './stand-in.ts';

/** Whether leads of this rotation are given out by choosing a member. */
export function choosesMembers(rotation: Rotation): boolean {
  const { type } = rotation.strategy;
  return type !== 'manual' && type !== 'first-to-claim' && type !== 'queue-hidden' && type !== 'queue-preview';
}

/** After a miss: a turn of the same rotation among those who have not had the lead, or what follows if there is none. */
export function reassignAfterMiss(
  scene: Scene,
  rotation: Rotation,
  policy: ClaimPolicy,
  at: EpochMilliseconds,
): Events {
  const way: Way = { step: 'missed' };
  const { maxReassignments = 0 } = policy;
  if (maxReassignments > 0 && scene.lead.reassignments >= maxReassignments) {
    return exhaust(scene, rotation, policy, 'limit-of-reassignments', at);
  }
  if (!choosesMembers(rotation)) return giveOut(scene, rotation, way, at);
  const next = tryTurn(scene, rotation, way, at);
  return 'passedOver' in next ? exhaust(scene, rotation, policy, 'exhausted', at, next) : next;
}

/** A turn; or pending, if somebody may have the lead later; else why nobody ever can. */
function tryTurn(scene: Scene, rotation: Rotation, way: Way, at: EpochMilliseconds): Events | Passed {
  const lead = turnLead(scene);
  const taken = takeTurn(scene.distribution, rotation, lead, at);
  if (taken.userId !== undefined) return giveByTurn(scene, rotation, taken.userId, taken.turn, way, at);
  return rotation.list.some((member) => mayHaveLater(scene.distribution, member, lead))
    ? [pending(scene, rotation, way, taken.passed, at)]
    : taken.passed;
}

function pending(
  { lead }: Scene,
  rotation: Rotation,
  way: Way,
  passed: Passed,
  at: EpochMilliseconds,
): LeadRotatorEvent {
  return {
    type: 'ReassignmentPending',
    data: {
      leadId: lead.facts.leadId,
      ownerId: lead.ownerId as NonNullable<typeof lead.ownerId>,
      rotationId: rotation.id,
      ...passed,
      notice: 'nobody-eligible',
      why: { ...way, reason: 'nobody-eligible' },
      at: iso(at),
    },
  };
}

/** There is nobody left, or the lead has gone round often enough. */
function exhaust(
  scene: Scene,
  rotation: Rotation,
  policy: ClaimPolicy,
  reason: 'exhausted' | 'limit-of-reassignments',
  at: EpochMilliseconds,
  passed?: Passed,
): Events {
  const { lead } = scene;
  const { whenExhausted = 'keep' } = policy;
  const startsOver = whenExhausted === 'start-over' && reason === 'exhausted';
  const why = { step: 'missed' as const, reason };
  const exhausted: LeadRotatorEvent = {
    type: 'ReassignmentsExhausted',
    data: {
      leadId: lead.facts.leadId,
      ...(lead.ownerId === undefined ? {} : { ownerId: lead.ownerId }),
      rotationId: rotation.id,
      ...(startsOver ? { startsOver } : {}),
      ...passed,
      notice: 'exhausted',
      why,
      at: iso(at),
    },
  };
  if (whenExhausted === 'keep') return [exhausted];
  if (whenExhausted === 'start-over') {
    if (!startsOver || lead.ownerId === undefined) return [exhausted];
    const again = { ...scene, lead: { ...lead, had: [lead.ownerId] } };
    const way: Way = { step: 'missed' };
    const next = tryTurn(again, rotation, way, at);
    // Nobody may have it as things are, but somebody may join, or the lead change so that a filter holds.
    return 'passedOver' in next ? [exhausted, pending(again, rotation, way, next, at)] : [exhausted, ...next];
  }
  if (whenExhausted === 'unassigned') {
    return [exhausted, ...leaveToNobody(scene, { rotationId: rotation.id, waits: 'for-pick-up', why }, at)];
  }
  if ('backup' in whenExhausted) {
    const backup = { ...why, reason: 'backup' as const };
    return [exhausted, ...giveToStandIn(scene, rotation, whenExhausted.backup, backup, at)];
  }
  if ('queue' in whenExhausted) {
    return [exhausted, ...leaveToNobody(scene, { rotationId: whenExhausted.queue, waits: 'for-pick-up', why }, at)];
  }
  return unreachable(whenExhausted);
}

/**
 * Of a lead that its owner does not want, or whose owner was deactivated: a turn of the same rotation, or it is
 * unassigned and waits there until somebody is eligible.
 */
export function replaceOwner(scene: Scene, rotation: Rotation, way: Way, at: EpochMilliseconds): Events {
  if (rotation.on && !choosesMembers(rotation)) {
    const given = giveOut(scene, rotation, way, at);
    // Nothing comes of it if it would go to whoever has it: then somebody has to see to it.
    return given.length > 0 ? given : leaveIn(scene, rotation, 'for-pick-up', way, at);
  }
  const taken = rotation.on ? takeTurn(scene.distribution, rotation, turnLead(scene), at) : undefined;
  if (taken?.userId !== undefined) return giveByTurn(scene, rotation, taken.userId, taken.turn, way, at);
  return leaveIn(scene, rotation, 'for-somebody', way, at, taken?.passed);
}

function leaveIn(
  scene: Scene,
  rotation: Rotation,
  waits: 'for-somebody' | 'for-pick-up',
  way: Way,
  at: EpochMilliseconds,
  passed?: Passed,
): Events {
  return leaveToNobody(
    scene,
    {
      rotationId: rotation.id,
      waits,
      notice: 'nobody-eligible',
      ...(passed === undefined ? {} : { passed }),
      why: { ...way, reason: rotation.on ? 'nobody-eligible' : 'rotation-off' },
    },
    at,
  );
}
