import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { eventLogMigrations } from '@lead-rotator/event-log';
import type { RecordedEvent } from '@lead-rotator/event-sourcing';
import { createPool, createTestDatabase, type TestDatabase } from '@lead-rotator/postgres';
import { type DifferentRow, readModelMigrations, type TableProjection } from '@lead-rotator/read-models';
import type { Pool, PoolClient } from 'pg';
import { cleanStory } from '../testing/clean-story.ts';
import { tableReadModelCheck } from './table-read-model-check.ts';

const { events } = cleanStory();

const owners: TableProjection = {
  name: 'owners',
  version: 1,
  types: ['LeadAssigned', 'LeadReassigned'],
  async apply(client, applied) {
    for (const { data } of applied as readonly { data: { leadId: string; ownerId: string } }[]) {
      await client.query(
        'insert into owners values ($1, $2) on conflict (lead_id) do update set owner_id = excluded.owner_id',
        [data.leadId, data.ownerId],
      );
    }
  },
  clear: async (client) => void (await client.query('delete from owners')),
};

describe('the check of tables', () => {
  let database: TestDatabase;
  let pool: Pool;

  beforeAll(async () => {
    database = await createTestDatabase([...eventLogMigrations, ...readModelMigrations]);
    pool = createPool({ url: database.url, applicationName: 'table check' });
    await pool.query('create table owners (lead_id text primary key, owner_id text not null)');
    await apply(events);
    await pool.query(
      'insert into projection_cursors (name, version, log_id, position) values ($1, 1, gen_random_uuid(), $2)',
      ['owners', events.length],
    );
  });

  afterAll(async () => {
    await pool?.end();
    await database?.drop();
  });

  async function apply(applied: readonly RecordedEvent[]): Promise<void> {
    const client = await pool.connect();
    await owners.apply(
      client,
      applied.filter(({ type }) => owners.types.includes(type)),
    );
    client.release();
  }

  async function differences(): Promise<readonly DifferentRow[]> {
    const model = await tableReadModelCheck(pool, owners, ['owners']).open();
    expect(model.position).toBe(events.length);
    await model.replay(events);
    const { different } = await model.compare();
    await model.close();
    return different;
  }

  /** The pool, and what a setting is on the connection that was taken from it last. */
  function watched(by: Pool) {
    let client: PoolClient | undefined;
    const connect = async () => {
      client = await by.connect();
      return client;
    };
    const setting = async (name: string) => (await client?.query(`show ${name}`))?.rows[0]?.[name];
    return { pool: { connect } as unknown as Pool, setting };
  }

  it('gives large tables the time they take, and tells the first thousand differences', async () => {
    await pool.query('create table many (lead_id text primary key, owner_id text not null)');
    await pool.query("insert into many select n, 'ann' from generate_series(1, 2000) as n");
    const { pool: hurried, setting } = watched(pool);
    const model = await tableReadModelCheck(hurried, { ...owners, name: 'many' }, ['many']).open();
    const { rows, different } = await model.compare();
    expect(await setting('statement_timeout')).toBe('0');
    expect([rows, different.length]).toEqual([2_000, 1_000]);
    await model.close();
    expect(await pool.query('show statement_timeout')).toMatchObject({ rows: [{ statement_timeout: '30s' }] });
  });

  it('finds nothing in tables that are those of a replay, and leaves nothing behind', async () => {
    expect(await differences()).toEqual([]);
    expect(await differences()).toEqual([]);
  });

  it('goes on when reading the topic has taken longer than a service may leave a transaction idle', async () => {
    const { pool: impatient, setting } = watched(pool);
    const model = await tableReadModelCheck(impatient, owners, ['owners']).open();
    expect(await setting('idle_in_transaction_session_timeout')).toBe('0');
    await model.replay(events);
    expect((await model.compare()).different).toEqual([]);
    await model.close();
  });

  it('finds rows that were changed, removed and added by hand', async () => {
    await pool.query(`update owners set owner_id = 'stranger' where lead_id = 'S1'`);
    await pool.query(`delete from owners where lead_id = 'S2'`);
    await pool.query(`insert into owners values ('X1', 'ann')`);
    expect(await differences()).toEqual([
      { row: 'S1', how: 'another content' },
      { row: 'S2', how: 'missing' },
      { row: 'X1', how: 'not in the replay' },
    ]);
  });
});
