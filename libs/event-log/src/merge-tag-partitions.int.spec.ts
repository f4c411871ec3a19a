import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Tag } from '@lead-rotator/event-sourcing';
import { createPool, createTestDatabase, serviceRole, type TestDatabase } from '@lead-rotator/postgres';
import type pg from 'pg';
import { sampleEvent, sampleUnit } from './contract/sample-unit.ts';
import { mergeTagPartitions } from './merge-tag-partitions.ts';
import { eventLogMigrations } from './migrations/index.ts';
import { PostgresEventLog } from './postgres-event-log.ts';
import { verifyLog } from './verify/verify-log.ts';

/** Positions of a partition of tags here; 250,000 otherwise. */
const slot = 50;
const slotsMerged = 16;

/** As after the migrations, with small partitions. */
async function makePartitionsSmall(owner: pg.Pool): Promise<void> {
  for (const name of ['append_units', 'add_partitions', 'merge_tag_partitions']) {
    const { rows } = await owner.query<{ text: string }>('select pg_get_functiondef($1::regproc) as text', [name]);
    await owner.query((rows[0]?.text ?? '').replaceAll('250000', String(slot)));
  }
  const { rows } = await owner.query<{ name: string }>(
    "select inhrelid::regclass::text as name from pg_inherits where inhparent in ('events'::regclass, 'event_tags'::regclass)",
  );
  for (const { name } of rows) await owner.query(`drop table ${name}`);
  await owner.query('select add_partitions(0, 2)');
}

describe('partitions of tags', () => {
  let database: TestDatabase;
  let owner: pg.Pool;
  let service: pg.Pool;
  let log: PostgresEventLog;
  const organizationId = sampleEvent().organizationId;

  beforeAll(async () => {
    database = await createTestDatabase(eventLogMigrations);
    owner = createPool({ url: database.url, applicationName: 'tests' });
    service = createPool({ url: database.url, applicationName: 'tests', role: serviceRole });
    await makePartitionsSmall(owner);
    // Patient: how busy the machine is has no part in what is tested.
    const patienceMilliseconds = 60_000;
    log = new PostgresEventLog({
      url: database.url,
      applicationName: 'tests',
      role: serviceRole,
      patienceMilliseconds,
    });
  });
  afterAll(async () => {
    await Promise.all([log.close(), service.end(), owner.end()]);
    await database.drop();
  });

  async function partitions(of: 'events' | 'event_tags'): Promise<string[]> {
    const { rows } = await owner.query<{ name: string }>(
      'select inhrelid::regclass::text as name from pg_inherits where inhparent = $1::regclass order by name',
      [of],
    );
    return rows.map(({ name }) => name);
  }

  let appended = 0;
  /** Ten events at a time, each with a tag of its own and one that a hundred share. */
  async function appendUpTo(head: number): Promise<void> {
    while (appended < head) {
      const numbers = Array.from({ length: 10 }, (_, step) => appended + step + 1);
      const events = numbers.map((number) =>
        sampleEvent({ tags: [`lead:${number}` as Tag, `group:${Math.ceil(number / 100)}` as Tag] }),
      );
      await log.append(sampleUnit(`unit ${appended}`, { events }));
      appended += 10;
    }
  }

  const positionsOf = async (tag: string) =>
    (await log.readByTags({ organizationId, tags: [tag as Tag] })).map(({ position }) => position);
  const hundred = (number: number) => Array.from({ length: 100 }, (_, step) => (number - 1) * 100 + step + 1);

  it('are not merged before sixteen side by side are full', async () => {
    await appendUpTo(slot * slotsMerged - 10);
    expect(await mergeTagPartitions(service)).toBeUndefined();
    expect(await partitions('event_tags')).toHaveLength(slotsMerged + 2);
  });

  it('become one, in which everything is found and which nobody may change', async () => {
    await appendUpTo(slot * slotsMerged + 10);
    expect(await mergeTagPartitions(service)).toBe('event_tags_000000_000015');
    expect(await partitions('event_tags')).toEqual([
      'event_tags_000000_000015',
      'event_tags_000016',
      'event_tags_000017',
      'event_tags_000018',
    ]);
    expect(await positionsOf('group:3')).toEqual(hundred(3));
    expect(await verifyLog(owner)).toMatchObject({ events: appended, faultCount: 0 });
    await expect(owner.query('delete from event_tags_000000_000015')).rejects.toMatchObject({ code: '42501' });
    await expect(service.query('truncate event_tags_000000_000015')).rejects.toMatchObject({ code: '42501' });
    expect(await mergeTagPartitions(service)).toBeUndefined();
  });

  it('of events hold sixteen times as many positions', async () => {
    expect(await partitions('events')).toEqual(['events_000000', 'events_000016']);
  });

  it('wait while somebody reads them all, and an append does not', async () => {
    await appendUpTo(slot * slotsMerged * 2 + 10);
    const dump = await owner.connect();
    await dump.query('begin; lock table event_tags in access share mode');
    try {
      const [merged] = await Promise.all([mergeTagPartitions(service), appendUpTo(appended + 100)]);
      expect(merged).toBeUndefined();
    } finally {
      await dump.query('rollback');
      dump.release();
    }
    expect(await mergeTagPartitions(service)).toBe('event_tags_000016_000031');
  });

  it('are merged by one at a time', async () => {
    await appendUpTo(slot * slotsMerged * 3 + 10);
    const merged = await Promise.all([mergeTagPartitions(service), mergeTagPartitions(owner)]);
    expect(merged.filter((name) => name !== undefined)).toEqual(['event_tags_000032_000047']);
  });

  it('hide nothing from readers, from guards and from verify while they are merged', async () => {
    await appendUpTo(slot * slotsMerged * 3 + 200);
    const guarded = () =>
      log.append(sampleUnit(`late ${Math.random()}`, { guards: [{ tag: 'lead:2410' as Tag, after: 0 }] }));
    const wrong: unknown[] = [];
    let over = false;
    const again = async (look: () => Promise<unknown>) => {
      while (!over) {
        const found = await look();
        if (found !== undefined) wrong.push(found);
      }
    };
    const readers = [
      again(async () => {
        const found = await positionsOf('group:25');
        return found.length === 100 ? undefined : found;
      }),
      again(async () => {
        const outcome = await guarded();
        return outcome.status === 'refused' ? undefined : outcome;
      }),
      again(async () => {
        const { faults } = await verifyLog(owner);
        return faults.length === 0 ? undefined : faults;
      }),
    ];
    let merged = 0;
    while (merged < 4) {
      await appendUpTo(appended + slot * slotsMerged);
      while ((await mergeTagPartitions(service)) !== undefined) merged += 1;
    }
    over = true;
    await Promise.all(readers);
    expect(wrong).toEqual([]);
  });
});
