import type { LeadRotatorEventType, RecordedLeadEvent, UserId } from '@lead-rotator/lead-events';

/** The events that somebody gets a mail about. */
export const mailedEvents = [
  'LeadAssigned',
  'LeadReassigned',
  'LeadHandedOver',
  'LeadOffered',
  'ClaimDeadlineNeared',
] as const satisfies readonly LeadRotatorEventType[];

/** An event that somebody gets a mail about. */
export type MailedEvent = Extract<RecordedLeadEvent, { type: (typeof mailedEvents)[number] }>;

export const isMailed = (event: RecordedLeadEvent): event is MailedEvent =>
  (mailedEvents as readonly string[]).includes(event.type);

/** Who is to be told: the owner, or all to whom it is offered. Nobody is told of what they did themselves. */
export function mailRecipients(event: MailedEvent): readonly UserId[] {
  const told = event.type === 'LeadOffered' ? event.data.userIds : [event.data.ownerId];
  return told.filter((userId) => event.actor !== `user:${userId}`);
}

/** Until when the receiver has to claim the lead; undefined where there is no deadline. */
export function claimBy(event: MailedEvent): string | undefined {
  if (event.type === 'LeadHandedOver') return undefined;
  return event.type === 'LeadOffered' ? event.data.until : event.data.due;
}
