import { type TUnsafe, Type } from 'typebox';
import type { ActivityId, ContactId, LeadId, RotationId, UserId } from './ids.ts';

const id = <Id>(description: string): TUnsafe<Id> =>
  Type.Unsafe<Id>({ type: 'string', minLength: 1, maxLength: 200, description });

/* The same thing has the same name in all events; each is described once, here. */
export const leadId = id<LeadId>('UUIDv5 of organization, source and the id the source gave it');
export const userId = id<UserId>('the user it is about');
export const ownerId = id<UserId>('the user who has the lead from now on');
export const previousOwnerId = id<UserId>('the user who had the lead until now');
export const rotationId = id<RotationId>('the rotation it is about, or whose turn it was');
export const activityId = id<ActivityId>('id of the act, unique for its lead');
export const contactIds = Type.Array(id<ContactId>('stands for one email address or phone number'), { maxItems: 2 });

/** An instant as RFC 3339 in UTC with milliseconds, as `Date.prototype.toISOString` writes it. */
export const instant = (description: string) => Type.String({ format: 'date-time', description });
export const at = instant('when it was decided');
export const due = instant('until when the owner has to claim the lead; at that very instant it is too late');
