import type { LeadRotatorEventType } from '@lead-rotator/lead-events';

/** What webhooks tell unless something else is set: who has a lead, what became of a deadline, and every notice. */
export const defaultWebhookEvents: readonly LeadRotatorEventType[] = [
  'LeadAssigned',
  'LeadReassigned',
  'LeadHandedOver',
  'LeadPickedUp',
  'LeadOffered',
  'LeadLeftUnassigned',
  'LeadTakenAway',
  'LeadClaimed',
  'ClaimDeadlineNeared',
  'ClaimMissed',
  'ReassignmentPending',
  'ReassignmentsExhausted',
  'OwnerFoundInactive',
  'MemberPaused',
];
