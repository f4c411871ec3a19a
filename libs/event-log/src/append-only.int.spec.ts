import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createPool, createTestDatabase, serviceRole, type TestDatabase } from '@lead-rotator/postgres';
import type pg from 'pg';
import { sampleUnit } from './contract/sample-unit.ts';
import { eventLogMigrations } from './migrations/index.ts';
import { PostgresEventLog } from './postgres-event-log.ts';
import { verifyLog } from './verify/verify-log.ts';

describe('the log is append-only', () => {
  let database: TestDatabase;
  let log: PostgresEventLog;
  let owner: pg.Pool;
  let service: pg.Pool;

  beforeAll(async () => {
    database = await createTestDatabase(eventLogMigrations);
    owner = createPool({ url: database.url, applicationName: 'tests' });
    service = createPool({ url: database.url, applicationName: 'tests', role: serviceRole });
    log = new PostgresEventLog({ url: database.url, applicationName: 'tests', role: serviceRole });
    await log.append(sampleUnit('a'));
  });
  afterAll(async () => {
    await Promise.all([log.close(), owner.end(), service.end()]);
    await database.drop();
  });

  const tables = ['events', 'events_000000', 'event_tags', 'event_tags_000000', 'units', 'batches', 'log_identity'];
  const columns = { events: 'payload', event_tags: 'tag', units: 'last', batches: 'hash', log_identity: 'id' };
  const columnOf = (table: string) => columns[table.replace('_000000', '') as keyof typeof columns];
  const changes = tables.flatMap((table) => [
    `update ${table} set ${columnOf(table)} = ${columnOf(table)}`,
    `delete from ${table}`,
    `truncate ${table}`,
  ]);

  it.each(changes)('the services may not: %s', async (change) => {
    await expect(service.query(change)).rejects.toMatchObject({ code: '42501' });
  });

  it.each(changes)('nor may the owner: %s', async (change) => {
    await expect(owner.query(change)).rejects.toMatchObject({
      code: '42501',
      message: expect.stringContaining('append-only'),
    });
  });

  it.each(['events', 'events_000000', 'event_tags', 'units', 'batches', 'log_identity'])(
    'the services may not insert into %s past the append',
    async (table) => {
      await expect(service.query(`insert into ${table} select * from ${table}`)).rejects.toMatchObject({
        code: '42501',
      });
    },
  );

  it.each(['select renew_log_identity()', 'select add_partitions(0, 9)', 'create table public.mine ()'])(
    'the services may not: %s',
    async (statement) => {
      await expect(service.query(statement)).rejects.toMatchObject({ code: '42501' });
    },
  );

  it('and stands as it stood after all these attempts', async () => {
    expect(await verifyLog(owner)).toMatchObject({ events: 1, faults: [] });
    expect(await log.append(sampleUnit('b'))).toMatchObject({ first: 2 });
  });
});
