import type { OrganizationId } from '@lead-rotator/event-sourcing';
import type { ContactId } from '@lead-rotator/lead-events';

/** What a person is recognized by, normalised by the caller: an email case-folded, a phone number in E.164. */
export interface ContactIdentifier {
  readonly kind: 'email' | 'phone';
  readonly value: string;
}

/**
 * Who is who: a random id for each email address and phone number, kept outside the log. In the log stand the ids
 * alone, so a person is erased without touching it.
 */
export interface ContactDirectory {
  /**
   * The ids of the identifiers of each lead, in their order; what is new gets one. One round trip for all, and the
   * same answer to everybody who asks at once.
   * @throws LogUnavailable
   */
  resolve(organizationId: OrganizationId, leads: readonly (readonly ContactIdentifier[])[]): Promise<ContactId[][]>;

  /** The id, if there is one. */
  find(organizationId: OrganizationId, identifier: ContactIdentifier): Promise<ContactId | undefined>;

  /**
   * Erases: destroys the key of what was sealed for the contact, and the way from the identifier to its id. What is
   * in the log stays there, unreadable; the same identifier gets a new id when it comes again. Other processes let
   * go of the key at once, at the latest after a minute.
   */
  forget(contactId: ContactId): Promise<void>;
}
