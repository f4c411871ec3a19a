import { createHash, randomBytes } from 'node:crypto';
import type { OrganizationId } from '@lead-rotator/event-sourcing';
import { LRUCache } from 'lru-cache';
import type { Pool } from 'pg';
import { loadSql } from '../load-sql.ts';
import type { Caller, KeyOwner } from './caller.ts';

/** How long a key that was found is not looked up again: a revoked one is good for so long. */
const rememberMilliseconds = 5_000;

/** The same in every process, and nobody else's: 7204410 to 7204413 are taken by appends, migrations, turns and merges. */
const firstKeyLock = 7_204_414;

const insert = loadSql('insert-api-key');
const insertFirst = loadSql('insert-first-api-key');
const select = loadSql('select-api-key');
const selectAll = loadSql('select-api-keys');
const revoke = loadSql('revoke-api-key');

interface Row {
  readonly id: string;
  readonly organization_id: OrganizationId;
  readonly kind: KeyOwner['kind'];
  readonly subject: string | null;
}

/** A key in the list; it cannot be used. */
export interface ListedKey {
  readonly caller: Caller;
  readonly createdAt: Date;
  readonly revokedAt: Date | null;
}

/**
 * The keys of the API, in a table beside the log. A key is 32 random bytes, so that its plain SHA-256 is enough: there
 * is nothing to guess, and a slow hash would have to be computed for every lead.
 */
export class ApiKeys {
  readonly #known = new LRUCache<string, Caller>({ max: 10_000, ttl: rememberMilliseconds });

  constructor(private readonly pool: Pool) {}

  /** A new key. It is nowhere but in the answer. */
  async create(organizationId: OrganizationId, owner: KeyOwner): Promise<{ key: string; id: string }> {
    const { key, id, hash } = newKey();
    const subject = owner.kind === 'admin' ? null : owner.subject;
    await this.pool.query(insert, [id, hash, organizationId, owner.kind, subject]);
    return { key, id };
  }

  /** An admin key for an organization that never had a key; undefined if it had. */
  async createFirst(organizationId: OrganizationId): Promise<string | undefined> {
    const { key, id, hash } = newKey();
    const client = await this.pool.connect();
    try {
      // In a statement of its own, so that the next one sees what another process has inserted meanwhile.
      await client.query('begin');
      await client.query('select pg_advisory_xact_lock($1)', [firstKeyLock]);
      const { rowCount } = await client.query(insertFirst, [id, hash, organizationId]);
      await client.query('commit');
      client.release();
      return rowCount === 1 ? key : undefined;
    } catch (error) {
      client.release(true);
      throw error;
    }
  }

  /** Whose key this is; undefined for one that is none, or is revoked (for up to 5 s it is still known). */
  async find(key: string): Promise<Caller | undefined> {
    const hash = hashOf(key);
    const remembered = hash.toString('base64');
    const known = this.#known.get(remembered);
    if (known !== undefined) return known;
    const { rows } = await this.pool.query<Row>(select, [hash]);
    const [row] = rows;
    if (row === undefined) return undefined;
    const caller = callerOf(row);
    this.#known.set(remembered, caller);
    return caller;
  }

  /** All there ever were, the oldest first. */
  async list(): Promise<ListedKey[]> {
    const { rows } = await this.pool.query<Row & { created_at: Date; revoked_at: Date | null }>(selectAll);
    return rows.map((row) => ({ caller: callerOf(row), createdAt: row.created_at, revokedAt: row.revoked_at }));
  }

  /** False if there is no such key. */
  async revoke(id: string): Promise<boolean> {
    const { rowCount } = await this.pool.query(revoke, [id]);
    return rowCount === 1;
  }
}

function newKey(): { key: string; id: string; hash: Buffer } {
  const key = `lr_${randomBytes(32).toString('base64url')}`;
  const hash = hashOf(key);
  return { key, id: hash.toString('hex').slice(0, 12), hash };
}

const hashOf = (key: string): Buffer => createHash('sha256').update(key).digest();

const callerOf = ({ id: keyId, organization_id: organizationId, kind, subject }: Row): Caller =>
  kind === 'admin' ? { keyId, organizationId, kind } : { keyId, organizationId, kind, subject: subject ?? '' };
