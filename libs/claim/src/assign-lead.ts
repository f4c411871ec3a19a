import type { EpochMilliseconds } from '@lead-rotator/event-sourcing';
import type { LeadRotatorEvent } from '@lead-rotator/lead-events';
import { absenceOf, type User } from '@lead-rotator/rotation';
import type { LeadState } from './lead-state.ts';
import { giveOutsideTurn, leaveToNobody } from './ownership.ts';
import { routeLead } from './route-lead.ts';
import { type Events, iso, type Scene } from './scene.ts';

/**
 * From capture to owner: the first step that decides, decides (domain reference). No events for a lead that is decided
 * already, so that a redelivered message changes nothing.
 */
export function assignLead(scene: Scene, at: EpochMilliseconds): Events {
  if (scene.lead.decided) return [];
  return keepOwner(scene, at) ?? recogniseContact(scene, at) ?? routeLead(scene, at);
}

/** It came with an owner. One who is unknown or inactive counts as none. */
function keepOwner(scene: Scene, at: EpochMilliseconds): Events | undefined {
  const { distribution, lead } = scene;
  const { preassigned = 'keep' } = distribution.organization;
  if (lead.facts.owner === undefined || preassigned === 'overwrite') return undefined;
  const owner = distribution.findUser(lead.facts.owner);
  if (owner === undefined || !owner.active) return undefined;
  if (preassigned === 'if-unavailable' && isAway(scene, owner, at)) return undefined;
  return giveOutsideTurn(scene, owner.id, { step: 'came-with-owner', reason: 'owner-kept' }, at);
}

/** Somebody has another lead of the same person: of several, the one captured last counts. */
function recogniseContact(scene: Scene, at: EpochMilliseconds): Events | undefined {
  const { distribution, lead, related } = scene;
  const { existingContact = 'owner' } = distribution.organization;
  if (related.length === 0 || existingContact === 'route') return undefined;
  const known = related.findLast((other) => other.ownerId !== undefined && sharesContact(lead, other));
  if (known?.ownerId === undefined) return undefined;
  const otherLeadId = known.facts.leadId;
  if (existingContact === 'ignore') {
    return leaveToNobody(scene, { why: { step: 'known-contact', reason: 'duplicate', otherLeadId } }, at);
  }
  const owner = distribution.users.get(known.ownerId);
  if (owner === undefined || !owner.active || isAway(scene, owner, at)) return undefined;
  const leader = known.follows === undefined ? known : related.find((one) => one.facts.leadId === known.follows);
  const follows = leader !== undefined && leader.turnRotationId !== undefined && !leader.claimed && !leader.closed;
  return giveOutsideTurn(
    scene,
    owner.id,
    follows
      ? { step: 'known-contact', reason: 'follows', otherLeadId: leader.facts.leadId }
      : { step: 'known-contact', reason: 'owner-of-known-contact', otherLeadId },
    at,
  );
}

const sharesContact = (lead: LeadState, other: LeadState): boolean =>
  other.contactIds.some((contactId) => lead.contactIds.includes(contactId));

const isAway = ({ distribution }: Scene, user: User, at: EpochMilliseconds): boolean =>
  absenceOf(distribution, user, at) === 'away';

/** For a lead on which the decider itself has failed: a person sees it, instead of nobody. */
export const leaveUnassignedOnFailure = (lead: LeadState, error: string, at: EpochMilliseconds): LeadRotatorEvent => ({
  type: 'LeadLeftUnassigned',
  data: {
    leadId: lead.facts.leadId,
    contactIds: [...lead.contactIds],
    notice: 'nobody-eligible',
    why: { step: 'failure', reason: 'error', error },
    at: iso(at),
  },
});
