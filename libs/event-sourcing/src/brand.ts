declare const brand: unique symbol;

/** A value that only the named kind of id may stand for: a `LeadId` is never taken for a `UserId` by the compiler. */
export type Brand<Value, Name extends string> = Value & { readonly [brand]: Name };

/** An organization lives in one log; its id is on every event. */
export type OrganizationId = Brand<string, 'OrganizationId'>;

/** The organization of a message that names none. */
export const defaultOrganization = 'default' as OrganizationId;
