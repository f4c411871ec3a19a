import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Tag } from '@lead-rotator/event-sourcing';
import { eventually } from '@lead-rotator/eventually';
import { serviceRole } from '@lead-rotator/postgres';
import pg from 'pg';
import { sampleEvent, sampleUnit } from './contract/sample-unit.ts';
import { InvalidUnit, LogUnavailable } from './errors.ts';
import { PostgresEventLog } from './postgres-event-log.ts';
import { follow, TroubledLog } from './testing/troubled-log.ts';

const upTo = (last: number) => Array.from({ length: last }, (_, index) => index + 1);

describe('the log on PostgreSQL, when something goes wrong', () => {
  let trouble: TroubledLog;

  beforeEach(async () => {
    trouble = await TroubledLog.create();
  });
  afterEach(() => trouble.close());

  it('a writer waits for one that is still committing, and without the lock on the head runs into it', async () => {
    const appendBeside = async (slow: string, second: string) => {
      await trouble.owner.query('begin');
      await trouble.appendUnfinished(trouble.owner, sampleUnit(slow));
      const appending = trouble.openLog().append(sampleUnit(second));
      appending.catch(() => {});
      await eventually(async () => {
        const { rows } = await observer.query(
          "select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'",
        );
        expect(rows).not.toEqual([]);
      });
      await trouble.owner.query('commit');
      return appending;
    };
    const observer = await trouble.connect();
    expect(await appendBeside('a', 'b')).toMatchObject({ first: 2 });
    const { rows } = await trouble.owner.query("select pg_get_functiondef('append_units'::regproc) as source");
    const unlocked = rows[0].source.replace(/perform pg_advisory_xact_lock\(\d+\);/, '');
    expect(unlocked).not.toBe(rows[0].source);
    await trouble.owner.query(unlocked);
    await expect(appendBeside('c', 'd')).rejects.toThrow(/duplicate key/);
  });

  it('a slow commit is never skipped by a follower', async () => {
    const log = trouble.openLog();
    let reads = 0;
    const read = log.read.bind(log);
    log.read = async (selection) => {
      reads += 1;
      return read(selection);
    };
    const follower = follow(log, 20);
    await log.append(sampleUnit('before'));
    await eventually(() => expect(follower.positions).toEqual([1]));
    await trouble.owner.query('begin');
    await trouble.appendUnfinished(trouble.owner, sampleUnit('slow'));
    const quick = trouble.openLog().append(sampleUnit('quick'));
    await eventually(async () => expect(await trouble.waitingForLock()).toBe(1));
    // Of three more reads, the second was begun and was over while both appends were under way.
    const before = reads;
    await eventually(() => expect(reads).toBeGreaterThanOrEqual(before + 3));
    expect(follower.positions).toEqual([1]);
    await trouble.owner.query('commit');
    expect(await quick).toMatchObject({ first: 3 });
    await eventually(() => expect(follower.positions).toHaveLength(3));
    await follower.stop();
    expect(follower.positions).toEqual([1, 2, 3]);
  });

  it('a follower of eight writers misses nothing and sees it in order', async () => {
    const follower = follow(trouble.openLog(), 1_000);
    const writers = Array.from({ length: 8 }, () => trouble.openLog());
    await Promise.all(
      writers.map(async (log, writer) => {
        for (let n = 0; n < 60; n += 1) {
          const events = Array.from({ length: 1 + ((writer + n) % 3) }, () => sampleEvent());
          await log.append(sampleUnit(`${writer}-${n}`, { events }));
        }
      }),
    );
    const head = await trouble.openLog().head();
    await eventually(() => expect(follower.positions.length).toBeGreaterThanOrEqual(head));
    await follower.stop();
    expect(follower.positions).toEqual(upTo(head));
  });

  it('of writers in several processes that decide on the same state, one is heard', async () => {
    const writers = Array.from({ length: 4 }, () => trouble.openLog());
    const tag = 'lead:1' as Tag;
    const outcomes = await Promise.all(
      writers.map((log, n) =>
        log.append(sampleUnit(`u${n}`, { events: [sampleEvent({ tags: [tag] })], guards: [{ tag, after: 0 }] })),
      ),
    );
    expect(outcomes.filter((outcome) => outcome.status === 'appended')).toHaveLength(1);
  });

  it('leaves no gap after rollbacks and broken connections', async () => {
    const log = trouble.openLog();
    await log.append(sampleUnit('a'));
    await trouble.owner.query('begin');
    await trouble.appendUnfinished(trouble.owner, sampleUnit('rolled back'));
    await trouble.owner.query('rollback');
    const broken = new pg.Client({ connectionString: trouble.url });
    broken.on('error', () => {});
    await broken.connect();
    const { rows } = await broken.query<{ pid: number }>('select pg_backend_pid() as pid');
    await broken.query('begin');
    await trouble.appendUnfinished(broken, sampleUnit('broken off'));
    await trouble.owner.query('select pg_terminate_backend($1)', [rows[0]?.pid]);
    expect(await log.append(sampleUnit('b'))).toMatchObject({ first: 2, last: 2 });
    expect((await log.read()).events.map((event) => event.position)).toEqual([1, 2]);
  });

  it('does not append twice what was committed when its answer was lost', async () => {
    const { proxy, log } = await trouble.openProxy();
    await log.append(sampleUnit('before'));
    const lost = proxy.loseNextAnswer();
    const outcome = await log.append(sampleUnit('a'));
    await lost;
    expect(outcome).toEqual({ status: 'appended', first: 2, last: 2, repeated: true });
    expect(await log.head()).toBe(2);
  });

  it('does not append twice what is still being committed when it is tried again', async () => {
    const { proxy, log } = await trouble.openProxy();
    const unit = sampleUnit('a');
    // The first try, as the server sees it: it has done its work, its client is gone, and it has not yet committed.
    await trouble.owner.query('begin');
    await trouble.appendUnfinished(trouble.owner, unit);
    const retry = log.append(unit);
    await eventually(async () => expect(await trouble.waitingForLock()).toBe(1));
    proxy.cut();
    await sleep(100);
    await trouble.owner.query('commit');
    expect(await retry).toEqual({ status: 'appended', first: 1, last: 1, repeated: true });
    expect(await log.head()).toBe(1);
  });

  it('appends the rest of a group when the database refuses one of its units', async () => {
    await trouble.owner.query("alter table events add constraint no_poison check (type <> 'Poison')");
    const log = trouble.openLog();
    const units = upTo(20).map((n) =>
      sampleUnit(`u${n}`, { events: [sampleEvent({ type: n % 9 === 0 ? 'Poison' : 'NoteAdded' })] }),
    );
    const results = await Promise.allSettled(units.map((unit) => log.append(unit)));
    const refused = results.flatMap((result, index) =>
      result.status === 'rejected' ? [[index + 1, result.reason]] : [],
    );
    expect(refused).toEqual([
      [9, expect.any(InvalidUnit)],
      [18, expect.any(InvalidUnit)],
    ]);
    expect(await log.head()).toBe(18);
  });

  it('says that it is unavailable when the server is away, after its patience', async () => {
    const { proxy, log } = await trouble.openProxy({ patienceMilliseconds: 2_000 });
    await eventually(() => log.append(sampleUnit('a')));
    proxy.close();
    await expect(log.append(sampleUnit('b'))).rejects.toBeInstanceOf(LogUnavailable);
    await expect(log.read()).rejects.toBeInstanceOf(LogUnavailable);
  });

  it('says that it is unavailable when the server does not answer, after its patience', async () => {
    const { proxy, log } = await trouble.openProxy({ patienceMilliseconds: 2_000 });
    await eventually(() => log.append(sampleUnit('a')));
    proxy.freeze();
    await expect(log.append(sampleUnit('b'))).rejects.toBeInstanceOf(LogUnavailable);
    proxy.close();
  });

  it('keeps one listening connection for all followers, and makes a new one when it is lost', async () => {
    const log = trouble.openLog();
    const followers = upTo(10).map(() => follow(log));
    const listening = () =>
      trouble.owner.query<{ pid: number }>(
        "select pid from pg_stat_activity where query like 'listen%' and datname = current_database()",
      );
    await eventually(async () => expect((await listening()).rows).not.toEqual([]));
    const { rows } = await listening();
    expect(rows).toHaveLength(1);
    await trouble.owner.query('select pg_terminate_backend($1)', [rows[0]?.pid]);
    await log.append(sampleUnit('a'));
    await eventually(() => expect(followers.map(({ positions }) => positions)).toEqual(followers.map(() => [1])));
    await Promise.all(followers.map((follower) => follower.stop()));
  });

  it('is closed in time, also while its listening connection is being made', async () => {
    for (let wait = 0; wait < 3; wait += 0.05) {
      const log = new PostgresEventLog({ url: trouble.url, applicationName: 'tests', role: serviceRole });
      const stop = new AbortController();
      const following = log.follow({ signal: stop.signal }).next();
      await log.head();
      await sleep(wait);
      stop.abort();
      await following;
      const closed = log.close().then(() => 'closed');
      expect(await Promise.race([closed, sleep(10_000, 'still open', { ref: false })])).toBe('closed');
    }
  });

  it('a long open snapshot does not slow appends, which leave no old rows behind that they would read past', async () => {
    const log = new PostgresEventLog({ url: trouble.url, applicationName: 'tests', role: serviceRole });
    const guards = [{ tag: 'lead:1' as Tag, after: 0 }];
    for (const n of upTo(100)) await log.append(sampleUnit(`${n}`, { guards }));
    // What a connection has done is counted for certain when it ends.
    await log.close();
    const counted = async () => {
      const { rows } = await trouble.owner.query(
        `select sum(n_tup_upd)::integer as updated, sum(n_tup_del)::integer as deleted,
          sum(n_tup_ins) filter (where relname = 'batches')::integer as batches
        from pg_stat_user_tables`,
      );
      return rows[0];
    };
    await eventually(async () => expect(await counted()).toEqual({ updated: 0, deleted: 0, batches: 100 }));
  });

  it('goes on into the next partition, and makes the ones behind it', async () => {
    await trouble.owner.query("insert into batches values (1, 249998, 0, '', '', '', sha256('a'))");
    const log = trouble.openLog();
    const events = upTo(4).map((n) => sampleEvent({ tags: ['lead:1' as Tag, `note:${n}` as Tag] }));
    expect(await log.append(sampleUnit('a', { events }))).toMatchObject({ first: 249_999, last: 250_002 });
    const found = await log.readByTags({
      organizationId: events[0]?.organizationId ?? sampleEvent().organizationId,
      tags: ['lead:1' as Tag],
    });
    expect(found.map((event) => event.position)).toEqual([249_999, 250_000, 250_001, 250_002]);
    const guarded = sampleUnit('b', { guards: [{ tag: 'note:1' as Tag, after: 249_998 }] });
    expect(await log.append(guarded)).toMatchObject({ status: 'refused', movedTo: 249_999 });
    const { rows } = await trouble.owner.query<{ name: string }>(
      "select inhrelid::regclass::text as name from pg_inherits where inhparent = 'events'::regclass order by name",
    );
    expect(rows.map((row) => row.name)).toEqual(['events_000000', 'events_000001', 'events_000002', 'events_000003']);
  });
});
