import type { ContactId } from '@lead-rotator/lead-events';

/** 256 bits, for AES. */
export type ContactKey = Buffer;

/** Where the keys lie that personal data is sealed with. */
export interface ContactKeys {
  /** A key for each contact, made where it is missing. */
  forSealing(contactIds: readonly ContactId[]): Promise<ReadonlyMap<ContactId, ContactKey>>;

  /** The keys that there are: who is missing was erased. */
  forOpening(contactIds: readonly ContactId[]): Promise<ReadonlyMap<ContactId, ContactKey>>;
}
