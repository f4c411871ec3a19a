import type { Tag } from '@lead-rotator/event-sourcing';
import type { ContactId, LeadId, RotationId } from './ids.ts';

/** On every event that changes users, rotations or settings: who decides has read the configuration up to here. */
export const configurationTag = 'configuration' as Tag;

/** On every event that changes what somebody owns, or how many leads they were sent: for rules that look over all rotations. */
export const ownershipTag = 'ownership' as Tag;

const contactPrefix = 'contact:';

export const leadTag = (leadId: LeadId): Tag => `lead:${leadId}` as Tag;
export const contactTag = (contactId: ContactId): Tag => `${contactPrefix}${contactId}` as Tag;
export const rotationTag = (rotationId: RotationId): Tag => `rotation:${rotationId}` as Tag;

/** The contact that a `contactTag` names; undefined for another tag. */
export const contactOfTag = (tag: Tag): ContactId | undefined =>
  tag.startsWith(contactPrefix) ? (tag.slice(contactPrefix.length) as ContactId) : undefined;

/** Of an event after which a lead stands differently towards its contact: other leads of the same person look at it. */
export const leadAndContactTags = (data: { leadId: LeadId; contactIds: readonly ContactId[] }): Tag[] => [
  leadTag(data.leadId),
  ...data.contactIds.map(contactTag),
];

/**
 * Of an event that changes who owns a lead. A turn moves its rotation too; a lead that follows another is found, and
 * guarded, by that one's tag too.
 */
export function ownerChangeTags(data: {
  leadId: LeadId;
  contactIds: readonly ContactId[];
  rotationId?: RotationId;
  turn?: object;
  why?: { reason: string; otherLeadId?: LeadId };
}): Tag[] {
  const tags = leadAndContactTags(data);
  if (data.turn !== undefined && data.rotationId !== undefined) tags.push(rotationTag(data.rotationId));
  if (data.why?.reason === 'follows' && data.why.otherLeadId !== undefined) tags.push(leadTag(data.why.otherLeadId));
  tags.push(ownershipTag);
  return tags;
}

/** Of an event that changes a rotation or its members. */
export const rotationChangeTags = (data: { rotationId: RotationId }): Tag[] => [
  configurationTag,
  rotationTag(data.rotationId),
];
