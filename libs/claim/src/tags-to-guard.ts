import type { Tag } from '@lead-rotator/event-sourcing';
import {
  configurationTag,
  contactTag,
  type LeadId,
  type LeadRotatorEvent,
  leadTag,
  ownershipTag,
  type RotationId,
  rotationTag,
} from '@lead-rotator/lead-events';
import { looksOverAll } from '@lead-rotator/rotation';
import type { LeadState } from './lead-state.ts';
import type { Scene } from './scene.ts';

/**
 * What a decision has read: the configuration, the lead and those related to it, their contacts, and the rotations
 * whose line or counts it saw, or where these look over all rotations, all ownership. A guard on a `lead:` or
 * `contact:` tag is set to the position up to which that tag was read, on the others to that of the distribution.
 */
export function tagsToGuard({ distribution, lead, related }: Scene, events: readonly LeadRotatorEvent[]): Tag[] {
  const tags = new Set<Tag>([configurationTag, leadTag(lead.facts.leadId), ...lead.contactIds.map(contactTag)]);
  for (const one of related) {
    if (one.follows === lead.facts.leadId || one.facts.leadId === lead.follows) tags.add(leadTag(one.facts.leadId));
  }
  const rotations = new Set<RotationId>();
  for (const { data } of events) if ('rotationId' in data && data.rotationId) rotations.add(data.rotationId);
  for (const rotationId of [lead.turnRotationId, lead.pendingIn, lead.waitingIn, lead.offer?.rotationId]) {
    if (rotationId !== undefined) rotations.add(rotationId);
  }
  for (const rotationId of rotations) {
    const rotation = distribution.rotations.get(rotationId);
    if (rotation === undefined) continue;
    tags.add(looksOverAll(distribution, rotation) ? ownershipTag : rotationTag(rotationId));
  }
  return [...tags];
}

/**
 * Tags that are to be read before a decision about these leads, besides their own and those of their contacts: of leads
 * that follow and of those they follow, which move together. Their contacts' tags do not bring everything of them, and
 * no event may be older than one of the same lead before it.
 */
export function tagsToLoad(leads: ReadonlyMap<LeadId, LeadState>): Tag[] {
  const tags = new Set<Tag>();
  for (const { follows, facts } of leads.values()) {
    if (follows !== undefined) tags.add(leadTag(follows)).add(leadTag(facts.leadId));
  }
  return [...tags];
}
