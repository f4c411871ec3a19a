import { createHmac, randomBytes } from 'node:crypto';
import type { OrganizationId } from '@lead-rotator/event-sourcing';
import type { ContactId } from '@lead-rotator/lead-events';
import { byteaArray, uuidArray } from '@lead-rotator/postgres';
import { LRUCache } from 'lru-cache';
import type { Database } from '../database.ts';
import type { ContactDirectory, ContactIdentifier } from './contact-directory.ts';
import type { ContactKey, ContactKeys } from './contact-keys.ts';

interface ResolvedRow {
  readonly number: number;
  readonly contact_id: ContactId;
  readonly key: ContactKey;
}

/** Contacts in tables beside the log, where deleting is allowed. */
export class PostgresContacts implements ContactDirectory, ContactKeys {
  /**
   * A forgotten contact's key is dropped when the news of it comes, and by its age if it does not come. As texts of one
   * byte a character: a small buffer lies in a slab of 8 kB with whatever was made at the same time, and keeps all of
   * it. At 400 leads/s the relay grew by 4 MB a second, up to 800 MB.
   */
  readonly #keys = new LRUCache<ContactId, string>({ max: 100_000, ttl: 60_000 });
  readonly #secrets = new Map<OrganizationId, Promise<Buffer>>();

  constructor(private readonly database: Database) {}

  async resolve(
    organizationId: OrganizationId,
    leads: readonly (readonly ContactIdentifier[])[],
  ): Promise<ContactId[][]> {
    const secret = await this.#secretOf(organizationId);
    const hashes = leads.flatMap((identifiers) => identifiers.map((identifier) => hashIdentifier(secret, identifier)));
    const ids = await this.#resolveHashes(hashes);
    let next = 0;
    return leads.map((identifiers) => identifiers.map(() => at(ids, next++)));
  }

  async find(organizationId: OrganizationId, identifier: ContactIdentifier): Promise<ContactId | undefined> {
    const hash = hashIdentifier(await this.#secretOf(organizationId), identifier);
    const [row] = await this.database.query<{ contact_id: ContactId }>('find-contact', [Buffer.from(hash, 'latin1')]);
    return row?.contact_id;
  }

  async forget(contactId: ContactId): Promise<void> {
    await this.database.query('forget-contact', [contactId]);
    this.drop(contactId);
  }

  /** Lets go of a key that another process has destroyed. */
  drop(contactId: ContactId): void {
    this.#keys.delete(contactId);
  }

  async forSealing(contactIds: readonly ContactId[]): Promise<ReadonlyMap<ContactId, ContactKey>> {
    const keys = await this.#cached(contactIds, (missing) =>
      this.database.query('ensure-contact-keys', [missing, newKeys(missing.length)]),
    );
    // A key that somebody else has made since the statement began is not in its answer.
    return keys.size < contactIds.length ? this.forSealing(contactIds) : keys;
  }

  async forOpening(contactIds: readonly ContactId[]): Promise<ReadonlyMap<ContactId, ContactKey>> {
    return this.#cached(contactIds, (missing) => this.database.query('read-contact-keys', [missing]));
  }

  async #cached(
    contactIds: readonly ContactId[],
    fetch: (missing: ContactId[]) => Promise<{ contact_id: ContactId; key: ContactKey }[]>,
  ): Promise<ReadonlyMap<ContactId, ContactKey>> {
    const found = new Map<ContactId, ContactKey>();
    const missing: ContactId[] = [];
    for (const id of contactIds) {
      const key = this.#keys.get(id);
      if (key === undefined) missing.push(id);
      else found.set(id, Buffer.from(key, 'latin1'));
    }
    if (missing.length === 0) return found;
    for (const { contact_id, key } of await fetch(missing)) {
      found.set(contact_id, key);
      this.#keep(contact_id, key);
    }
    return found;
  }

  #keep(contactId: ContactId, key: ContactKey): void {
    this.#keys.set(contactId, key.toString('latin1'));
  }

  async #resolveHashes(hashes: readonly string[]): Promise<ContactId[]> {
    if (hashes.length === 0) return [];
    const parameters = [uuidArray(hashes), byteaArray(newKeys(hashes.length))];
    const rows = await this.database.query<ResolvedRow>('resolve-contacts', parameters);
    // Somebody was forgotten between two statements of the function: they get a new id.
    if (rows.length < hashes.length) return this.#resolveHashes(hashes);
    const ids: ContactId[] = [];
    for (const { number, contact_id, key } of rows) {
      ids[number - 1] = contact_id;
      this.#keep(contact_id, key);
    }
    return ids;
  }

  /** Made with the organization's first contact, and the same from then on. */
  #secretOf(organizationId: OrganizationId): Promise<Buffer> {
    const known = this.#secrets.get(organizationId);
    if (known !== undefined) return known;
    const secret = this.database
      .query<{ secret: Buffer }>('ensure-organization-secret', [organizationId, randomBytes(32)])
      .then(([row]) => row?.secret ?? this.#retrySecretOf(organizationId));
    this.#secrets.set(organizationId, secret);
    secret.catch(() => this.#secrets.delete(organizationId));
    return secret;
  }

  /** One that somebody else has made since the statement began is not in its answer. */
  #retrySecretOf(organizationId: OrganizationId): Promise<Buffer> {
    this.#secrets.delete(organizationId);
    return this.#secretOf(organizationId);
  }
}

/** Keyed, so that who has the table alone cannot try out all phone numbers. 16 bytes, as characters of one byte. */
function hashIdentifier(secret: Buffer, { kind, value }: ContactIdentifier): string {
  return createHmac('sha256', secret).update(`${kind}\0${value}`).digest('latin1').slice(0, 16);
}

/** Keys of 256 bits, from one call to the source of chance. */
function newKeys(count: number): Buffer[] {
  const bytes = randomBytes(32 * count);
  return Array.from({ length: count }, (_, index) => bytes.subarray(32 * index, 32 * (index + 1)));
}

function at<Item>(items: readonly Item[], index: number): Item {
  const item = items[index];
  if (item === undefined) throw new Error(`no item ${index} of ${items.length}`);
  return item;
}
