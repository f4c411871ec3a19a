import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createPool, createTestDatabase, type TestDatabase } from '@lead-rotator/postgres';
import type { Pool } from 'pg';
import { PostgresTurns } from './postgres-turns.ts';

/** So many commands that it pays to wait. */
const many = 500;

describe('turns', () => {
  let database: TestDatabase;
  let pools: Pool[];

  beforeAll(async () => {
    database = await createTestDatabase([]);
    pools = ['one', 'other'].map((applicationName) => createPool({ url: database.url, applicationName }));
  }, 120_000);

  afterAll(async () => {
    await Promise.all(pools.map((pool) => pool.end()));
    await database?.drop();
  });

  const copies = () => pools.map((pool) => new PostgresTurns(pool));

  it('let two copies work at the same time while neither was in the way of the other', async () => {
    const started = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    const both = Promise.all(started.map(({ promise }) => promise));
    const work = copies().map((turns, number) =>
      turns.during(many, async () => {
        started[number]?.resolve();
        await both;
      }),
    );
    await Promise.all(work);
  });

  it('let one at a time work after a conflict', async () => {
    const turns = copies();
    let working = 0;
    let most = 0;
    const workOn = async (one: PostgresTurns | undefined) => {
      one?.conflict(many);
      for (let count = 0; count < 5; count += 1) {
        await one?.during(many, async () => {
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

  it('are not asked for by few commands: those are sooner decided again', async () => {
    const [one, other] = copies();
    for (const turns of [one, other]) turns?.conflict(many);
    const release = Promise.withResolvers<void>();
    const held = one?.during(many, () => release.promise);
    await sleep(100);
    expect(await other?.during(3, async () => 'done')).toBe('done');
    release.resolve();
    await held;
  });

  it('pass from a copy that stands still to the others, and its work ends as if nothing had happened', async () => {
    const [still, other] = copies();
    for (const one of [still, other]) one?.conflict(many);
    const release = Promise.withResolvers<string>();
    const held = still?.during(many, () => release.promise);
    await sleep(100);
    expect(await other?.during(many, async () => 'done')).toBe('done');
    release.resolve('late');
    expect(await held).toBe('late');
  });

  it('are not waited for when there is no database', async () => {
    const away = createPool({ url: 'postgres://nobody@127.0.0.1:1/nothing', applicationName: 'away' });
    const turns = new PostgresTurns(away);
    turns.conflict(many);
    expect(await turns.during(many, async () => 'done')).toBe('done');
    await away.end();
  });

  it('hand on the error of the work, and go on after it', async () => {
    const [one, other] = copies();
    for (const turns of [one, other]) turns?.conflict(many);
    await expect(one?.during(many, async () => Promise.reject(new Error('failed')))).rejects.toThrow('failed');
    expect(await other?.during(many, async () => 'done')).toBe('done');
  });
});
