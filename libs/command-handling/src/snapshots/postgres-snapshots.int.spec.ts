import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type EventLog, eventLogMigrations, PostgresEventLog } from '@lead-rotator/event-log';
import { defaultOrganization, type EventContext, type Position } from '@lead-rotator/event-sourcing';
import { toNewEvent, type UserId } from '@lead-rotator/lead-events';
import { createPool, createTestDatabase, type TestDatabase } from '@lead-rotator/postgres';
import { snapshotOf } from '@lead-rotator/rotation';
import type { Pool } from 'pg';
import { distributionProjection } from '../distribution-projection.ts';
import { commandHandlingMigrations } from '../migrations/index.ts';
import { PostgresSnapshots } from './postgres-snapshots.ts';

const context: EventContext = { organizationId: defaultOrganization, actor: 'service:spec', cause: 'request:spec' };

describe('a snapshot of a projection', () => {
  let database: TestDatabase;
  let log: PostgresEventLog;
  let pool: Pool;

  beforeAll(async () => {
    database = await createTestDatabase([...eventLogMigrations, ...commandHandlingMigrations]);
    log = new PostgresEventLog({ url: database.url, applicationName: 'spec' });
    pool = createPool({ url: database.url, applicationName: 'spec' });
    for (const name of ['ann', 'bob', 'eve']) await register(name);
  });
  afterAll(async () => {
    await log?.close();
    await pool?.end();
    await database?.drop();
  });

  async function register(name: string): Promise<void> {
    const data = { userId: name as UserId, email: `${name}@acme.example`, at: '2026-01-05T09:00:00.000Z' };
    const event = toNewEvent({ type: 'UserRegistered', data }, context);
    await log.append({ id: randomUUID(), events: [event], guards: [] });
  }

  const snapshots = (code = 'this code') => new PostgresSnapshots(pool, 'spec', async () => code);
  /** A copy that has caught up, and how it began. */
  async function started(code?: string) {
    const read: Position[] = [];
    const seeing: Pick<EventLog, 'id' | 'read'> = {
      id: () => log.id(),
      read(selection = {}) {
        read.push(selection.after ?? 0);
        return log.read(selection);
      },
    };
    const projection = distributionProjection(seeing, snapshots(code));
    await projection.catchUp();
    return { projection, began: read[0], state: snapshotOf(projection.stateOf(defaultOrganization)) };
  }

  it('is where the next start begins, and it comes to the same state', async () => {
    const first = await started();
    expect(first.began).toBe(0);
    expect(await first.projection.keepSnapshot(4)).toBe(false);
    expect(await first.projection.keepSnapshot(3)).toBe(true);
    expect(await first.projection.keepSnapshot(1)).toBe(false);
    await register('kim');
    const [next, replayed] = [await started(), await started('other code')];
    expect([next.began, replayed.began]).toEqual([3, 0]);
    expect(next.projection.position).toBe(4);
    expect(next.projection.newestAt).toBe(replayed.projection.newestAt);
    expect(next.state).toEqual(replayed.state);
  });

  it('does not take the place of one that is further', async () => {
    const behind = await snapshots().load(await log.id());
    const { projection } = await started();
    await projection.keepSnapshot(1);
    if (behind !== undefined) await snapshots().save(await log.id(), behind);
    expect((await snapshots().load(await log.id()))?.position).toBe(4);
  });

  it('is not trusted when it was made from another log, by other code, or from other events', async () => {
    expect(await snapshots().load(randomUUID())).toBeUndefined();
    expect(await snapshots('other code').load(await log.id())).toBeUndefined();
    await pool.query("update projection_snapshots set batch_hash = sha256('other events')");
    expect(await snapshots().load(await log.id())).toBeUndefined();
    expect((await started()).began).toBe(0);
  });

  it('of a position that the log does not reach is neither kept nor trusted', async () => {
    const beyond = { position: 4_211, newestAt: 0, states: new Map() };
    await snapshots('far').save(await log.id(), beyond);
    expect(await snapshots('far').load(await log.id())).toBeUndefined();
    await pool.query('update projection_snapshots set position = 4211, batch_hash = (select max(hash) from batches)');
    expect(await snapshots().load(await log.id())).toBeUndefined();
  });

  it('carries the version of the code that runs, the same each time', async () => {
    const real = new PostgresSnapshots(pool, 'real');
    await real.save(await log.id(), { position: 2, newestAt: 5, states: new Map() });
    expect(await real.load(await log.id())).toEqual({ position: 2, newestAt: 5, states: new Map() });
    const { rows } = await pool.query("select code from projection_snapshots where name = 'real'");
    expect(rows[0].code).toMatch(/^[0-9a-f]{64}$/);
  });
});
