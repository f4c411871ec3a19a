import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createPool, createTestDatabase, type TestDatabase } from '@lead-rotator/postgres';
import type { Pool } from 'pg';
import { PostgresTurns } from './postgres-turns.ts';

describe('turns', () => {
  let database: TestDatabase;
  let pools: Pool[];

  beforeAll(async () => {
    database = await createTestDatabase([]);
    pools = ['one', 'other'].map((applicationName) => createPool({ url: database.url, applicationName }));
  });

  afterAll(async () => {
    await Promise.all(pools.map((pool) => pool.end()));
    await database?.drop();
  });

  const copies = (stillMilliseconds?: number) => pools.map((pool) => new PostgresTurns(pool, stillMilliseconds));
  const contended = (stillMilliseconds?: number) => {
    const turns = copies(stillMilliseconds);
    for (const one of turns) for (let count = 0; count < 5; count += 1) one.conflict();
    return turns;
  };

  /** Work that need not wait for anything has begun before anything is waited for. */
  async function beginsAtOnce(turns: PostgresTurns | undefined): Promise<boolean> {
    let begun = false;
    const working = turns?.during(async () => {
      begun = true;
    });
    const atOnce = begun;
    await working;
    return atOnce;
  }

  it('let two copies work at the same time while neither was in the way of the other', async () => {
    const started = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    const both = Promise.all(started.map(({ promise }) => promise));
    const work = copies().map((turns, number) =>
      turns.during(async () => {
        started[number]?.resolve();
        await both;
      }),
    );
    await Promise.all(work);
  });

  it('let one at a time work after some conflicts', async () => {
    const turns = contended(60_000);
    let working = 0;
    let most = 0;
    const workOn = async (one: PostgresTurns | undefined) => {
      for (let count = 0; count < 5; count += 1) {
        await one?.during(async () => {
          working += 1;
          most = Math.max(most, working);
          await sleep(10);
          working -= 1;
        });
      }
    };
    await Promise.all(turns.map(workOn));
    expect(most).toBe(1);
  });

  it('are not asked for where only a few of many tries meet another copy', async () => {
    const [rare, often] = copies();
    for (let count = 0; count < 100; count += 1) {
      if (count % 5 === 0) rare?.conflict();
      if (count % 2 === 0) often?.conflict();
      await Promise.all([rare, often].map((turns) => turns?.during(async () => undefined)));
    }
    expect([await beginsAtOnce(rare), await beginsAtOnce(often)]).toEqual([true, false]);
  });

  it('are no longer asked for when no other copy is met any more', async () => {
    const [turns] = contended();
    const before = await beginsAtOnce(turns);
    for (let count = 0; count < 30; count += 1) await turns?.during(async () => undefined);
    expect([before, await beginsAtOnce(turns)]).toEqual([false, true]);
  });

  it('pass from a copy that stands still to the others, and its work ends as if nothing had happened', async () => {
    const [still, other] = contended();
    const release = Promise.withResolvers<string>();
    const held = still?.during(() => release.promise);
    await sleep(100);
    expect(await other?.during(async () => 'done')).toBe('done');
    release.resolve('late');
    expect(await held).toBe('late');
  });

  it('are not waited for when there is no database', async () => {
    const away = createPool({ url: 'postgres://nobody@127.0.0.1:1/nothing', applicationName: 'away' });
    const turns = new PostgresTurns(away);
    for (let count = 0; count < 5; count += 1) turns.conflict();
    expect(await turns.during(async () => 'done')).toBe('done');
    await away.end();
  });

  it('hand on the error of the work, and go on after it', async () => {
    const [one, other] = contended();
    await expect(one?.during(async () => Promise.reject(new Error('failed')))).rejects.toThrow('failed');
    expect(await other?.during(async () => 'done')).toBe('done');
  });
});
