import type { EpochMilliseconds } from '@lead-rotator/event-sourcing';
import { takeTurn } from '@lead-rotator/rotation';
import { giveByTurn } from './ownership.ts';
import { choosesMembers } from './reassign.ts';
import { refundOf } from './refund.ts';
import type { Events, Scene } from './scene.ts';
import { turnLead } from './stand-in.ts';

/**
 * A lead that waits for somebody, or that its owner keeps until somebody else can have it, is given out by a turn if
 * somebody is eligible now. No events if nobody is, or if it does not wait (any more). A rotation that is off gives out
 * no waiting leads.
 */
export function releaseLead(scene: Scene, at: EpochMilliseconds): Events {
  const { distribution, lead } = scene;
  const rotationId = lead.pendingIn ?? (lead.waits === 'for-somebody' ? lead.waitingIn : undefined);
  const rotation = rotationId === undefined ? undefined : distribution.rotations.get(rotationId);
  if (rotation === undefined || !rotation.on || !choosesMembers(rotation)) return [];
  const taken = takeTurn(distribution, rotation, turnLead(scene), at);
  if (taken.userId === undefined) return [];
  const given = giveByTurn(scene, rotation, taken.userId, taken.turn, { step: 'waiting' }, at);
  return [...given, ...refundOf(scene, rotation, given, at)];
}
