import type { Tag } from '@lead-rotator/event-sourcing';
import type { ContactId, LeadId, RotationId } from './ids.ts';

/** On every event that changes users, rotations or settings: who decides has read the configuration up to here. */
export const configurationTag = 'configuration' as Tag;

/** On every event that changes what somebody owns, or how many leads they were sent: for rules that look over all rotations. */
export const ownershipTag = 'ownership' as Tag;

export const leadTag = (leadId: LeadId): Tag => `lead:${leadId}` as Tag;
export const contactTag = (contactId: ContactId): Tag => `contact:${contactId}` as Tag;
export const rotationTag = (rotationId: RotationId): Tag => `rotation:${rotationId}` as Tag;
