import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { eventLogMigrations, LogReplaced, PostgresEventLog } from '@lead-rotator/event-log';
import { defaultOrganization } from '@lead-rotator/event-sourcing';
import { eventually } from '@lead-rotator/eventually';
import { UnknownEvent } from '@lead-rotator/lead-events';
import { createPool, createTestDatabase, type TestDatabase } from '@lead-rotator/postgres';
import type { Pool } from 'pg';
import { readModelMigrations } from './migrations/index.ts';
import { rebuildTables } from './rebuild-tables.ts';
import type { TableProjection } from './table-projection.ts';
import { TableProjector } from './table-projector.ts';

/** Writes down each position it is given: twice the same breaks the primary key. */
const seen: TableProjection = {
  name: 'seen',
  version: 1,
  types: ['Noted'],
  async apply(client, events) {
    await client.query('insert into seen select unnest($1::bigint[])', [events.map(({ position }) => position)]);
  },
  async clear(client) {
    await client.query('delete from seen');
  },
};

describe('a table projector', () => {
  let database: TestDatabase;
  let log: PostgresEventLog;
  let pool: Pool;

  beforeAll(async () => {
    database = await createTestDatabase([...eventLogMigrations, ...readModelMigrations]);
    log = new PostgresEventLog({ url: database.url, applicationName: 'spec' });
    pool = createPool({ url: database.url, applicationName: 'spec' });
    await pool.query('create table seen (position bigint primary key)');
  });

  afterAll(async () => {
    await log?.close();
    await pool?.end();
    await database?.drop();
  });

  const append = (type: string) => {
    const circumstances = { organizationId: defaultOrganization, actor: 'service:spec', cause: 'request:1' } as const;
    const event = { ...circumstances, type, version: 1, data: {}, at: 1, tags: [] };
    return log.append({ id: randomUUID(), events: [event], guards: [] });
  };
  const positions = async () =>
    (await pool.query<{ position: number }>('select position from seen order by position')).rows.map(
      (row) => row.position,
    );
  const untilSeen = (count: number) =>
    eventually(async () => expect((await positions()).length).toBeGreaterThanOrEqual(count));

  it('applies each event of its types once, although two copies run and one of them is stopped', async () => {
    const first = new AbortController();
    const second = new AbortController();
    const runs = [first, second].map(({ signal }) => new TableProjector(pool, log, seen).run(signal));
    for (let count = 0; count < 20; count += 1) await append(count % 2 === 0 ? 'Noted' : 'Ignored');
    await untilSeen(10);
    first.abort();
    for (let count = 0; count < 10; count += 1) await append('Noted');
    await untilSeen(20);
    second.abort();
    await Promise.all(runs);
    expect(await positions()).toHaveLength(20);
  });

  it('comes to the same tables when it starts over', async () => {
    const before = await positions();
    const projector = new TableProjector(pool, log, seen);
    await projector.reset();
    expect(await positions()).toEqual([]);
    const running = new AbortController();
    const run = projector.run(running.signal);
    await untilSeen(before.length);
    running.abort();
    await run;
    expect(await positions()).toEqual(before);
  });

  it('tells how far the tables are, also while another copy is the one that writes them', async () => {
    const other = new TableProjector(pool, log, seen);
    const before = (await positions()).length;
    await append('Noted');
    await append('Ignored');
    await append('Noted');
    expect(await other.behind()).toBe(3);
    const running = new AbortController();
    const run = new TableProjector(pool, log, seen, 10).run(running.signal);
    await untilSeen(before + 2);
    await append('Ignored');
    expect(await other.behind()).toBe(0);
    expect(await other.position()).toBe(await log.head());
    await append('Noted');
    await other.catchUp(60_000);
    expect(await positions()).toHaveLength(before + 3);
    running.abort();
    await run;
  });

  describe('rebuilt', () => {
    const made = { projection: seen, tables: ['seen'] };
    const cursor = async () => (await pool.query('select position from projection_cursors')).rows[0].position;

    it('comes to the same, while it goes on', async () => {
      const running = new AbortController();
      const run = new TableProjector(pool, log, seen, 10).run(running.signal);
      const before = (await positions()).length;
      const appending = (async () => {
        for (let count = 0; count < 20; count += 1) await append('Noted');
      })();
      const { position, different } = await rebuildTables(pool, log, made);
      expect(different).toEqual([]);
      await appending;
      await untilSeen(before + 20);
      running.abort();
      await run;
      expect(position).toBeLessThanOrEqual(await log.head());
      const { events } = await log.read({ types: ['Noted'] });
      expect(await positions()).toEqual(events.map((event) => event.position));
    });

    it('mends what was changed, removed or added by hand, and says so', async () => {
      const right = await positions();
      await pool.query('delete from seen where position = $1', [right[2]]);
      await pool.query('insert into seen values (1000000)');
      const { different, rows } = await rebuildTables(pool, log, made);
      expect(different).toEqual([
        { row: '1000000', how: 'not in the replay' },
        { row: String(right[2]), how: 'missing' },
      ]);
      expect(rows).toBe(right.length);
      expect(await positions()).toEqual(right);
      expect((await rebuildTables(pool, log, made)).different).toEqual([]);
    });

    it('is made from the log that there is, when it was made from another, and can go on', async () => {
      const right = await positions();
      await pool.query('update projection_cursors set log_id = gen_random_uuid(), position = 5');
      await pool.query('delete from seen where position > 5');
      expect((await rebuildTables(pool, log, made)).position).toBe(await log.head());
      expect(await positions()).toEqual(right);
      await append('Noted');
      const running = new AbortController();
      const run = new TableProjector(pool, log, seen, 10).run(running.signal);
      await untilSeen(right.length + 1);
      running.abort();
      await run;
      expect(await cursor()).toBe(await log.head());
    });
  });

  it('says why it stands still at an event that a newer version of the program wrote, until it can go on', async () => {
    let isKnown = false;
    const newer: TableProjection = {
      ...seen,
      async apply(client, events) {
        if (!isKnown) throw new UnknownEvent('Noted', 2);
        await seen.apply(client, events);
      },
    };
    const before = (await positions()).length;
    const projector = new TableProjector(pool, log, newer, 10);
    await append('Noted');
    const running = new AbortController();
    await expect(projector.run(running.signal)).rejects.toThrow(UnknownEvent);
    expect(projector.fault).toBe('this copy does not know event Noted version 2');
    isKnown = true;
    const run = projector.run(running.signal);
    await untilSeen(before + 1);
    expect(projector.fault).toBeUndefined();
    running.abort();
    await run;
  });

  it('refuses to go on when the log is another one than its tables were made from', async () => {
    await pool.query('update projection_cursors set log_id = gen_random_uuid()');
    const projector = new TableProjector(pool, log, seen);
    await expect(projector.run(new AbortController().signal)).rejects.toThrow(LogReplaced);
    expect(projector.fault).toMatch('run `lead-rotator rebuild`');
  });
});
