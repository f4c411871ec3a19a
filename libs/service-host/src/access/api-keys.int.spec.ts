import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { eventLogMigrations } from '@lead-rotator/event-log';
import { defaultOrganization } from '@lead-rotator/event-sourcing';
import { createPool, createTestDatabase, type TestDatabase } from '@lead-rotator/postgres';
import type { Pool } from 'pg';
import { accessMigrations } from '../migrations/index.ts';
import { ApiKeys } from './api-keys.ts';

describe('the first key of a database', () => {
  let database: TestDatabase;
  let pool: Pool;

  beforeEach(async () => {
    database = await createTestDatabase([...eventLogMigrations, ...accessMigrations]);
    pool = createPool({ url: database.url, applicationName: 'keys of the tests', statementMilliseconds: 60_000 });
  });
  afterEach(async () => {
    await pool?.end();
    await database?.drop();
  });

  it('is made once, however many processes start', async () => {
    const made = await Promise.all([1, 2, 3].map(() => new ApiKeys(pool).createFirst(defaultOrganization)));
    expect(made.filter((key) => key !== undefined)).toHaveLength(1);
  });

  it('does not wait for partitions of tags that are being merged, which takes minutes', async () => {
    const client = await pool.connect();
    // With nothing to merge it holds what a merge holds, until the end of the transaction.
    await client.query('begin; select merge_tag_partitions()');
    try {
      await expect(new ApiKeys(pool).createFirst(defaultOrganization)).resolves.toBeDefined();
    } finally {
      client.release(true);
    }
  });
});
