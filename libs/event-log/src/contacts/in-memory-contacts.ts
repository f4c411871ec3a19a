import { randomBytes, randomUUID } from 'node:crypto';
import type { OrganizationId } from '@lead-rotator/event-sourcing';
import type { ContactId } from '@lead-rotator/lead-events';
import type { ContactDirectory, ContactIdentifier } from './contact-directory.ts';
import type { ContactKey, ContactKeys } from './contact-keys.ts';

/** Contacts of tests and simulations. */
export class InMemoryContacts implements ContactDirectory, ContactKeys {
  readonly #ids = new Map<string, ContactId>();
  readonly #keys = new Map<ContactId, ContactKey>();

  constructor(private readonly newId: () => string = randomUUID) {}

  async resolve(
    organizationId: OrganizationId,
    leads: readonly (readonly ContactIdentifier[])[],
  ): Promise<ContactId[][]> {
    return leads.map((identifiers) =>
      identifiers.map((identifier) => {
        const place = placeOf(organizationId, identifier);
        const id = this.#ids.get(place) ?? (this.newId() as ContactId);
        this.#ids.set(place, id);
        return id;
      }),
    );
  }

  async find(organizationId: OrganizationId, identifier: ContactIdentifier): Promise<ContactId | undefined> {
    return this.#ids.get(placeOf(organizationId, identifier));
  }

  async forget(contactId: ContactId): Promise<void> {
    this.#keys.delete(contactId);
    for (const [place, id] of this.#ids) if (id === contactId) this.#ids.delete(place);
  }

  async forSealing(contactIds: readonly ContactId[]): Promise<ReadonlyMap<ContactId, ContactKey>> {
    for (const id of contactIds) if (!this.#keys.has(id)) this.#keys.set(id, randomBytes(32));
    return this.#keys;
  }

  async forOpening(): Promise<ReadonlyMap<ContactId, ContactKey>> {
    return this.#keys;
  }
}

const placeOf = (organizationId: OrganizationId, { kind, value }: ContactIdentifier) =>
  `${organizationId} ${kind} ${value}`;
