import type { Brand } from '@lead-rotator/event-sourcing';

export type LeadId = Brand<string, 'LeadId'>;
export type UserId = Brand<string, 'UserId'>;
export type RotationId = Brand<string, 'RotationId'>;
export type ActivityId = Brand<string, 'ActivityId'>;

/** A random id that stands for one email address or phone number; what it stands for is kept outside the log. */
export type ContactId = Brand<string, 'ContactId'>;
