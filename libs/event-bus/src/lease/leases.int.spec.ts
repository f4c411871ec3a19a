import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { eventLogMigrations } from '@lead-rotator/event-log';
import { eventually } from '@lead-rotator/eventually';
import { createPool, createTestDatabase, serviceRole, type TestDatabase } from '@lead-rotator/postgres';
import type pg from 'pg';
import { silentLogger } from '../bus-logger.ts';
import { eventBusMigrations } from '../migrations/index.ts';
import type { Lease } from './lease.ts';
import { Leases } from './leases.ts';

/** Renewed every three seconds, so that no machine is too slow for it. */
const notLost = 12_000;

describe('a lease', () => {
  let database: TestDatabase;
  let pool: pg.Pool;

  beforeAll(async () => {
    database = await createTestDatabase([...eventLogMigrations, ...eventBusMigrations]);
    pool = createPool({ url: database.url, applicationName: 'leases of the tests', role: serviceRole });
  });
  afterAll(async () => {
    await pool.end();
    await database.drop();
  });

  const untilAborted = ({ signal }: Lease): Promise<void> =>
    new Promise((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));

  /** Waits for the lease in the background and keeps it until stopped. It asks four times in so many milliseconds. */
  function contend(name: string, milliseconds = 600) {
    let asked = 0;
    const counting = {
      query: async (...query: Parameters<pg.Pool['query']>) => {
        const answer = await pool.query(...query);
        asked += 1;
        return answer;
      },
    } as unknown as pg.Pool;
    const stop = new AbortController();
    const held: Lease[] = [];
    const told: string[] = [];
    const logger = { ...silentLogger, info: (_: unknown, message: string) => void told.push(message) };
    const done = new Leases({ pool: counting, milliseconds, logger }).withLease(name, stop.signal, async (lease) => {
      held.push(lease);
      await untilAborted(lease);
    });
    return {
      held,
      told,
      asked: () => asked,
      stop: async () => {
        stop.abort();
        await done;
      },
    };
  }

  it('has one holder, and goes to the next when that one gives it back', async () => {
    const first = contend('given-back', notLost);
    await eventually(() => expect(first.held).toHaveLength(1));
    const second = contend('given-back');
    await eventually(() => expect(second.asked()).toBeGreaterThanOrEqual(2));
    expect(second.held).toHaveLength(0);
    expect(first.held[0]?.isHeld()).toBe(true);
    await first.stop();
    expect(first.held[0]?.isHeld()).toBe(false);
    await eventually(() => expect(second.held[0]?.epoch).toBe(2));
    await second.stop();
  });

  it('lasts longer each time that its holder renews it', async () => {
    const holder = contend('renewed', notLost);
    await eventually(() => expect(holder.held).toHaveLength(1));
    const end = async (): Promise<number> => {
      const { rows } = await pool.query<{ at: Date }>("select expires_at as at from leases where name = 'renewed'");
      return rows[0]?.at.getTime() ?? 0;
    };
    const first = await end();
    await eventually(async () => expect(await end()).toBeGreaterThan(first));
    expect(holder.held.map((lease) => lease.isHeld())).toEqual([true]);
    await holder.stop();
  });

  it('is news only where somebody else had it', async () => {
    const first = contend('told', notLost);
    await eventually(() => expect(first.held).toHaveLength(1));
    const second = contend('told');
    await eventually(() => expect(second.asked()).toBeGreaterThanOrEqual(1));
    await first.stop();
    await eventually(() => expect(second.told).toContain('holds the lease'));
    expect(first.told).toEqual([]);
    await second.stop();
  });

  it('goes to another when its holder no longer renews it, and the holder knows by its own clock', async () => {
    const first = contend('run-out');
    await eventually(() => expect(first.held).toHaveLength(1));
    // Blocks this process as SIGSTOP would: no timer fires, and the first thing asked afterwards is the lease.
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 800);
    expect(first.held[0]?.isHeld()).toBe(false);
    const second = contend('run-out');
    await eventually(() => expect(first.held.length + second.held.length).toBeGreaterThanOrEqual(2));
    const [, later] = [...first.held, ...second.held].sort((a, b) => a.epoch - b.epoch);
    expect(later?.epoch).toBe(2);
    await eventually(() => expect(first.held[0]?.signal.aborted).toBe(true));
    await Promise.all([first.stop(), second.stop()]);
  });

  it('is lost at once when somebody else has taken it', async () => {
    const first = contend('taken');
    await eventually(() => expect(first.held).toHaveLength(1));
    await pool.query(`update leases set epoch = epoch + 1, holder = 'another' where name = 'taken'`);
    await eventually(() => expect(first.held[0]?.signal.aborted).toBe(true));
    await first.stop();
  });

  it('is free when it runs for longer than any, since the clock of the server was set back', async () => {
    await pool.query(`insert into leases values ('from-later', 'gone', 7, now() + interval '1 hour')`);
    const first = contend('from-later');
    await eventually(() => expect(first.held[0]?.epoch).toBe(8));
    await first.stop();
  });

  it('ends with what its holder throws, and is free again', async () => {
    const leases = new Leases({ pool, milliseconds: 3_600_000 });
    const broken = leases.withLease('thrown', new AbortController().signal, async () => {
      throw new Error('cannot go on');
    });
    await expect(broken).rejects.toThrow('cannot go on');
    const next = contend('thrown');
    await eventually(() => expect(next.held).toHaveLength(1));
    await next.stop();
  });

  it('ends when the work is done', async () => {
    let works = 0;
    await new Leases({ pool }).withLease('done', new AbortController().signal, async () => {
      works += 1;
    });
    expect(works).toBe(1);
  });
});
