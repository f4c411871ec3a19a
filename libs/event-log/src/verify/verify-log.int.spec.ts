import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Tag } from '@lead-rotator/event-sourcing';
import { createPool, createTestDatabase, type TestDatabase } from '@lead-rotator/postgres';
import type pg from 'pg';
import { sampleEvent, sampleUnit } from '../contract/sample-unit.ts';
import { eventLogMigrations } from '../migrations/index.ts';
import { PostgresEventLog } from '../postgres-event-log.ts';
import { verifyLog } from './verify-log.ts';

describe('verify', () => {
  let database: TestDatabase;
  let pool: pg.Pool;
  const tables = ['log_identity', 'events', 'event_tags', 'units', 'batches'];

  beforeAll(async () => {
    database = await createTestDatabase(eventLogMigrations);
    pool = createPool({ url: database.url, applicationName: 'tests' });
    const log = new PostgresEventLog({ url: database.url, applicationName: 'tests' });
    for (let size = 1; size <= 9; size += 1) {
      const events = Array.from({ length: size }, (_, n) =>
        sampleEvent({ tags: [`lead:${size}-${n}` as Tag, 'rotation:1' as Tag], data: { text: `Łódź ${n}` } }),
      );
      await log.append(sampleUnit(`u${size}`, { events }));
    }
    await log.appendAll([sampleUnit('x', { events: [sampleEvent({ tags: [] })] }), sampleUnit('y'), sampleUnit('z')]);
    await log.close();
    for (const table of tables) await pool.query(`create table saved_${table} as select * from ${table}`);
  });
  afterAll(async () => {
    await pool.end();
    await database.drop();
  });

  /** As somebody with all rights would do it: triggers switched off. */
  async function tamper(...statements: string[]): Promise<void> {
    const client = await pool.connect();
    try {
      for (const statement of [
        'set session_replication_role = replica',
        ...statements,
        'reset session_replication_role',
      ]) {
        await client.query(statement);
      }
    } finally {
      client.release();
    }
  }

  const restore = () =>
    tamper(...tables.flatMap((table) => [`delete from ${table}`, `insert into ${table} select * from saved_${table}`]));

  it('finds nothing in a log that nobody has touched, and names its head', async () => {
    const { rows } = await pool.query("select encode(hash, 'hex') as hash from batches order by first desc limit 1");
    const seen: number[] = [];
    const found = await verifyLog(pool, { onProgress: (position) => seen.push(position) });
    expect(found).toEqual({ batches: 10, events: 48, headHash: rows[0].hash, faults: [], faultCount: 0 });
    expect(seen.at(-1)).toBe(48);
  });

  it('finds nothing in an empty log', async () => {
    const empty = await createTestDatabase(eventLogMigrations);
    const emptyPool = createPool({ url: empty.url, applicationName: 'tests' });
    expect(await verifyLog(emptyPool)).toEqual({ batches: 0, events: 0, faults: [], faultCount: 0 });
    await emptyPool.end();
    await empty.drop();
  });

  const flip = (column: string) => `set_byte(${column}, 3, 255 - get_byte(${column}, 3))`;
  it.each([
    ['a byte of a payload', `update events set payload = replace(payload, '1', '2') where position = 20`, [16, 21]],
    [
      'a letter for one that looks the same',
      `update events set payload = replace(payload, 'Ł', 'L') where position = 3`,
      [2, 3],
    ],
    ['the type of an event', `update events set type = 'NoteRemoved' where position = 1`, [1, 1]],
    ['the version of an event', 'update events set version = 2 where position = 1', [1, 1]],
    ['the time of an event', 'update events set at = at + 1 where position = 45', [37, 45]],
    ['the organization of an event', `update events set organization = 'b' where position = 2`, [2, 3]],
    ['the position of an event', 'update events set position = 49 where position = 48', [48, 48]],
    ['an event that is gone', 'delete from events where position = 30', [30, 30]],
    [
      'an event that was added',
      `insert into events select 49, at, version, organization, type, payload from events where position = 1`,
      [49, 49],
    ],
    [
      'a tag',
      'update event_tags set tag = tag + 1 where position = 10 and tag = (select min(tag) from event_tags where position = 10)',
      [7, 10],
    ],
    ['the position of a tag', 'update event_tags set position = 6 where position = 5', [4, 6]],
    ['a tag that is gone', 'delete from event_tags where position = 48', [46, 48]],
    ['a tag that was added', 'insert into event_tags values (1, 46)', [46, 48]],
    ['a tag twice', 'insert into event_tags select * from event_tags where position = 1', [1, 1]],
    ['a tag behind the end', 'insert into event_tags values (1, 49)', [49, 49]],
    ['the id of a unit', `update units set id = gen_random_uuid() where first = 46`, [46, 48]],
    ['the end of a unit', 'update units set last = last + 1 where first = 46', [46, 48]],
    ['the beginning of a unit', 'update units set first = 47 where first = 46', [46, 48]],
    ['a unit that is gone', 'delete from units where first = 1', [1, 1]],
    ['a unit that was added', 'insert into units values (gen_random_uuid(), 2, 2)', [2, 3]],
    ['the first position of a batch', 'update batches set first = 3 where first = 2', [2, 2]],
    ['the last position of a batch', 'update batches set last = last + 1000000000000 where first = 46', [46, 49]],
    ['the time of a batch', 'update batches set at = at + 1 where first = 4', [4, 6]],
    ['the root of a batch', `update batches set root = ${flip('root')} where first = 4`, [4, 6]],
    ['the units of a batch', `update batches set units = ${flip('units')} where first = 4`, [4, 6]],
    ['the hash of a batch', `update batches set hash = ${flip('hash')} where first = 4`, [4, 6]],
    ['the link of a batch', `update batches set previous = ${flip('previous')} where first = 4`, [4, 6]],
    ['a batch that is gone', 'delete from batches where first = 16', [16, 21]],
    ['the id of the log', 'update log_identity set id = gen_random_uuid()', [1, 1]],
  ])('finds %s', async (_, change, [first, last]) => {
    await tamper(change);
    const { faults } = await verifyLog(pool);
    await restore();
    expect(faults.length).toBeGreaterThan(0);
    expect(faults[0]?.first).toBeGreaterThanOrEqual(first as number);
    expect(faults[0]?.first).toBeLessThanOrEqual(last as number);
    expect((await verifyLog(pool)).faults).toEqual([]);
  });

  it('finds a batch that was made again, hash and all, by the one behind it', async () => {
    await tamper(
      `update events set payload = replace(payload, 'Ł', 'L') where position = 1`,
      `update batches b set root = sha256(
         '\\x00'::bytea || int8send(e.position) || int8send(e.at) || int4send(4) || 'acme'::bytea
         || int4send(length(e.type)) || e.type::bytea || int4send(e.version)
         || (select int4send(16) || string_agg(int8send(t.tag), '' order by int8send(t.tag)) from event_tags t where t.position = 1)
         || int4send(octet_length(e.payload)) || convert_to(e.payload, 'UTF8'))
       from events e where e.position = 1 and b.first = 1`,
      'update batches set hash = sha256(previous || int8send(first) || int8send(last) || int8send(at) || root || units) where first = 1',
    );
    const { faults } = await verifyLog(pool);
    await restore();
    expect(faults).toEqual([{ first: 2, last: 3, what: 'the batch does not follow from the one before' }]);
  });
});
