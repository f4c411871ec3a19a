import type { EpochMilliseconds } from '@lead-rotator/event-sourcing';
import { eligibleNow, type Rotation, takeTurn } from '@lead-rotator/rotation';
import { giveOut } from './give-out.ts';
import { giveByTurn } from './ownership.ts';
import { choosesMembers } from './reassign.ts';
import { refundOf } from './refund.ts';
import type { Events, Scene } from './scene.ts';
import { turnLead } from './stand-in.ts';

/**
 * A lead that waits for somebody, or that its owner keeps until somebody else can have it, is given out by a turn if
 * somebody is eligible now. If the rotation chooses no members any more (`manual`, a queue, `first-to-claim`), it goes as
 * a new one would. No events if nobody is eligible, or if it does not wait (any more). A rotation that is off gives out no
 * waiting leads.
 */
export function releaseLead(scene: Scene, at: EpochMilliseconds): Events {
  const { distribution, lead } = scene;
  const rotationId = lead.pendingIn ?? (lead.waits === 'for-somebody' ? lead.waitingIn : undefined);
  const rotation = rotationId === undefined ? undefined : distribution.rotations.get(rotationId);
  if (rotation === undefined || !rotation.on) return [];
  const given = choosesMembers(rotation) ? giveToNext(scene, rotation, at) : giveAsNew(scene, rotation, at);
  return [...given, ...refundOf(scene, rotation, given, at)];
}

const waiting = { step: 'waiting' } as const;

function giveToNext(scene: Scene, rotation: Rotation, at: EpochMilliseconds): Events {
  const taken = takeTurn(scene.distribution, rotation, turnLead(scene), at);
  return taken.userId === undefined ? [] : giveByTurn(scene, rotation, taken.userId, taken.turn, waiting, at);
}

function giveAsNew(scene: Scene, rotation: Rotation, at: EpochMilliseconds): Events {
  const { userIds } = eligibleNow(scene.distribution, rotation, turnLead(scene), at);
  return userIds.length === 0 ? [] : giveOut(scene, rotation, waiting, at);
}
