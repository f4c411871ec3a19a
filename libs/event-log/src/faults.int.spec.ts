import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Tag, Unit } from '@lead-rotator/event-sourcing';
import { CuttingProxy, createTestDatabase, serviceRole, type TestDatabase } from '@lead-rotator/postgres';
import pg from 'pg';
import { appendParameters } from './append/append-call.ts';
import { prepareUnit } from './append/prepared-unit.ts';
import { sampleEvent, sampleUnit } from './contract/sample-unit.ts';
import { InvalidUnit, LogReplaced, LogUnavailable } from './errors.ts';
import type { EventLog } from './event-log.ts';
import { loadSql } from './load-sql.ts';
import { eventLogMigrations } from './migrations/index.ts';
import { PostgresEventLog, type PostgresEventLogOptions } from './postgres-event-log.ts';
import { encodePayload } from './stored-payload.ts';

describe('the log on PostgreSQL, when something goes wrong', () => {
  let database: TestDatabase;
  let owner: pg.Client;
  let open: { close(): Promise<void> }[];

  beforeEach(async () => {
    database = await createTestDatabase(eventLogMigrations);
    owner = new pg.Client({ connectionString: database.url });
    await owner.connect();
    open = [];
  });
  afterEach(async () => {
    await Promise.all(open.map((one) => one.close()));
    await owner.end();
    await database.drop();
  });

  function openLog(options: Partial<PostgresEventLogOptions> = {}): PostgresEventLog {
    const log = new PostgresEventLog({ url: database.url, applicationName: 'tests', role: serviceRole, ...options });
    open.push(log);
    return log;
  }

  async function openProxy(options: Partial<PostgresEventLogOptions> = {}) {
    const { proxy, url } = await CuttingProxy.before(database.url);
    open.unshift({ close: async () => proxy.close() });
    return { proxy, log: openLog({ ...options, url }) };
  }

  /** Appends within a transaction that somebody else ends. */
  const appendUnfinished = async (client: pg.Client, unit: Unit): Promise<void> => {
    const { rows } = await client.query<{ id: string }>(loadSql('read-log-id'));
    const parameters = appendParameters([prepareUnit(unit, encodePayload)]);
    await client.query(loadSql('append-units'), [...parameters, rows[0]?.id]);
  };

  /** What a follower sees, as it comes. */
  function follow(log: EventLog, pollMilliseconds = 60_000) {
    const stop = new AbortController();
    const positions: number[] = [];
    const ended = (async () => {
      for await (const page of log.follow({ signal: stop.signal, pollMilliseconds })) {
        positions.push(...page.events.map((event) => event.position));
      }
    })();
    const end = async () => {
      stop.abort();
      await ended;
    };
    return { positions, stop: end, ended };
  }

  async function until(holds: () => boolean | Promise<boolean>): Promise<void> {
    for (let waited = 0; !(await holds()); waited += 10) {
      if (waited > 15_000) throw new Error('it did not come to that within 15 s');
      await sleep(10);
    }
  }

  const upTo = (last: number) => Array.from({ length: last }, (_, index) => index + 1);

  it('a writer waits for one that is still committing, and without the lock on the head runs into it', async () => {
    const appendBeside = async (slow: string, second: string) => {
      await owner.query('begin');
      await appendUnfinished(owner, sampleUnit(slow));
      const appending = openLog().append(sampleUnit(second));
      appending.catch(() => {});
      await until(async () => {
        const { rows } = await observer.query(
          "select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'",
        );
        return rows.length > 0;
      });
      await owner.query('commit');
      return appending;
    };
    const observer = new pg.Client({ connectionString: database.url });
    await observer.connect();
    open.push({ close: () => observer.end() });
    expect(await appendBeside('a', 'b')).toMatchObject({ first: 2 });
    const { rows } = await owner.query("select pg_get_functiondef('append_units'::regproc) as source");
    const unlocked = rows[0].source.replace(/perform pg_advisory_xact_lock\(\d+\);/, '');
    expect(unlocked).not.toBe(rows[0].source);
    await owner.query(unlocked);
    await expect(appendBeside('c', 'd')).rejects.toThrow(/duplicate key/);
  });

  it('a slow commit is never skipped by a follower', async () => {
    const log = openLog();
    const follower = follow(log, 20);
    await log.append(sampleUnit('before'));
    await owner.query('begin');
    await appendUnfinished(owner, sampleUnit('slow'));
    const quick = log.append(sampleUnit('quick'));
    await sleep(200);
    expect(follower.positions).toEqual([1]);
    await owner.query('commit');
    expect(await quick).toMatchObject({ first: 3 });
    await until(() => follower.positions.length === 3);
    await follower.stop();
    expect(follower.positions).toEqual([1, 2, 3]);
  });

  it('a follower of eight writers misses nothing and sees it in order', async () => {
    const follower = follow(openLog(), 1_000);
    const writers = Array.from({ length: 8 }, () => openLog());
    await Promise.all(
      writers.map(async (log, writer) => {
        for (let n = 0; n < 60; n += 1) {
          const events = Array.from({ length: 1 + ((writer + n) % 3) }, () => sampleEvent());
          await log.append(sampleUnit(`${writer}-${n}`, { events }));
        }
      }),
    );
    const head = await openLog().head();
    await until(() => follower.positions.length >= head);
    await follower.stop();
    expect(follower.positions).toEqual(upTo(head));
  });

  it('of writers in several processes that decide on the same state, one is heard', async () => {
    const writers = Array.from({ length: 4 }, () => openLog());
    const tag = 'lead:1' as Tag;
    const outcomes = await Promise.all(
      writers.map((log, n) =>
        log.append(sampleUnit(`u${n}`, { events: [sampleEvent({ tags: [tag] })], guards: [{ tag, after: 0 }] })),
      ),
    );
    expect(outcomes.filter((outcome) => outcome.status === 'appended')).toHaveLength(1);
  });

  it('leaves no gap after rollbacks and broken connections', async () => {
    const log = openLog();
    await log.append(sampleUnit('a'));
    await owner.query('begin');
    await appendUnfinished(owner, sampleUnit('rolled back'));
    await owner.query('rollback');
    const broken = new pg.Client({ connectionString: database.url });
    broken.on('error', () => {});
    await broken.connect();
    const { rows } = await broken.query<{ pid: number }>('select pg_backend_pid() as pid');
    await broken.query('begin');
    await appendUnfinished(broken, sampleUnit('broken off'));
    await owner.query('select pg_terminate_backend($1)', [rows[0]?.pid]);
    expect(await log.append(sampleUnit('b'))).toMatchObject({ first: 2, last: 2 });
    expect((await log.read()).events.map((event) => event.position)).toEqual([1, 2]);
  });

  it('does not append twice what was committed when its answer was lost', async () => {
    const { proxy, log } = await openProxy();
    await log.append(sampleUnit('before'));
    const lost = proxy.loseNextAnswer();
    const outcome = await log.append(sampleUnit('a'));
    await lost;
    expect(outcome).toEqual({ status: 'appended', first: 2, last: 2, repeated: true });
    expect(await log.head()).toBe(2);
  });

  it('does not append twice what is still being committed when it is tried again', async () => {
    const { proxy, log } = await openProxy();
    const unit = sampleUnit('a');
    // The first try, as the server sees it: it has done its work, its client is gone, and it has not yet committed.
    await owner.query('begin');
    await appendUnfinished(owner, unit);
    const retry = log.append(unit);
    await until(async () => (await waitingForLock()) === 1);
    proxy.cut();
    await sleep(100);
    await owner.query('commit');
    expect(await retry).toEqual({ status: 'appended', first: 1, last: 1, repeated: true });
    expect(await log.head()).toBe(1);
  });

  async function waitingForLock(): Promise<number> {
    const { rows } = await owner.query<{ count: string }>(
      "select count(*)::text as count from pg_locks where locktype = 'advisory' and not granted and database = (select oid from pg_database where datname = current_database())",
    );
    return Number(rows[0]?.count);
  }

  it('appends the rest of a group when the database refuses one of its units', async () => {
    await owner.query("alter table events add constraint no_poison check (type <> 'Poison')");
    const log = openLog();
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
    const { proxy, log } = await openProxy({ patienceMilliseconds: 2_000 });
    await log.append(sampleUnit('a'));
    proxy.close();
    await expect(log.append(sampleUnit('b'))).rejects.toBeInstanceOf(LogUnavailable);
    await expect(log.read()).rejects.toBeInstanceOf(LogUnavailable);
  });

  it('says that it is unavailable when the server does not answer, after its patience', async () => {
    const { proxy, log } = await openProxy({ patienceMilliseconds: 2_000 });
    await log.append(sampleUnit('a'));
    proxy.freeze();
    await expect(log.append(sampleUnit('b'))).rejects.toBeInstanceOf(LogUnavailable);
    proxy.close();
  });

  it('keeps one listening connection for all followers, and makes a new one when it is lost', async () => {
    const log = openLog();
    const followers = upTo(10).map(() => follow(log));
    const listening = () =>
      owner.query<{ pid: number }>(
        "select pid from pg_stat_activity where query like 'listen%' and datname = current_database()",
      );
    await until(async () => (await listening()).rows.length > 0);
    const { rows } = await listening();
    expect(rows).toHaveLength(1);
    await owner.query('select pg_terminate_backend($1)', [rows[0]?.pid]);
    await log.append(sampleUnit('a'));
    await until(() => followers.every((follower) => follower.positions.length === 1));
    await Promise.all(followers.map((follower) => follower.stop()));
  });

  it('is closed in time, also while its listening connection is being made', async () => {
    for (let wait = 0; wait < 3; wait += 0.05) {
      const log = new PostgresEventLog({ url: database.url, applicationName: 'tests', role: serviceRole });
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

  it('stops a follower when the log behind a new connection is another', async () => {
    const { proxy, log } = await openProxy();
    const follower = follow(log, 50);
    await log.append(sampleUnit('a'));
    await until(() => follower.positions.length === 1);
    await owner.query('select renew_log_identity()');
    proxy.cut();
    await expect(follower.ended).rejects.toBeInstanceOf(LogReplaced);
  });

  it('appends nothing to another log than the one it began on, also over a connection that it has', async () => {
    const [writer, reader] = [openLog(), openLog()];
    await writer.append(sampleUnit('a'));
    await reader.id();
    await owner.query('select renew_log_identity()');
    await expect(writer.append(sampleUnit('b'))).rejects.toBeInstanceOf(LogReplaced);
    await expect(reader.append(sampleUnit('b'))).rejects.toBeInstanceOf(LogReplaced);
    await expect(writer.requireSame()).rejects.toBeInstanceOf(LogReplaced);
    await expect(reader.requireSame()).rejects.toBeInstanceOf(LogReplaced);
    expect(await writer.head()).toBe(1);
    expect(await openLog().restoredUpTo()).toBe(1);
    expect(await openLog().append(sampleUnit('b'))).toMatchObject({ first: 2, repeated: false });
  });

  it('is unavailable while it has no id, or no tables, as when it is restored in place', async () => {
    const quick = openLog({ patienceMilliseconds: 200 });
    await quick.append(sampleUnit('a'));
    await owner.query('alter table log_identity rename to log_identity_before');
    await owner.query('create table log_identity (like log_identity_before)');
    await owner.query('grant select on log_identity to public');
    await expect(quick.append(sampleUnit('b'))).rejects.toBeInstanceOf(LogUnavailable);
    await owner.query('drop table log_identity');
    await expect(quick.append(sampleUnit('b'))).rejects.toBeInstanceOf(LogUnavailable);
    await owner.query('alter table log_identity_before rename to log_identity');
    expect(await quick.append(sampleUnit('b'))).toMatchObject({ first: 2, repeated: false });
  });

  it('lets others in between the parts of many large units, which stay in order', async () => {
    const log = openLog();
    const large = upTo(16).map((n) =>
      sampleUnit(`large-${n}`, { events: [sampleEvent({ data: { text: 'x'.repeat(400_000) } })] }),
    );
    await owner.query('begin');
    await appendUnfinished(owner, sampleUnit('held'));
    const appending = log.appendAll(large);
    await until(async () => (await waitingForLock()) === 1);
    const small = openLog().append(sampleUnit('small'));
    await until(async () => (await waitingForLock()) === 2);
    await owner.query('commit');
    const firsts = (await appending).map((outcome) => (outcome.status === 'appended' ? outcome.first : 0));
    // Behind the first part, of two units, that waited before it.
    expect(await small).toMatchObject({ status: 'appended', first: 4 });
    expect(firsts).toEqual([...firsts].sort((one, other) => one - other));
    const { rows } = await owner.query('select last - first + 1 as size from batches order by first');
    expect(Math.max(...rows.map(({ size }) => Number(size)))).toBe(2);
    expect(await log.head()).toBe(18);

    const guards = [{ tag: 'lead:1' as Tag, after: 0 }];
    const together = large.slice(0, 8).map(({ id, events }) => ({ id: `${id}-guarded`, events, guards }));
    await log.appendAll(together);
    const { rows: after } = await owner.query(
      'select last - first + 1 as size from batches order by first desc limit 1',
    );
    expect(Number(after[0].size)).toBe(8);
  });

  it('a long open snapshot does not slow appends', async () => {
    const log = openLog();
    const medianOf = async (name: string) => {
      const times: number[] = [];
      for (let n = 0; n < 300; n += 1) {
        const began = performance.now();
        await log.append(sampleUnit(`${name}-${n}`, { guards: [{ tag: 'lead:1' as Tag, after: 0 }] }));
        times.push(performance.now() - began);
      }
      return times.sort((a, b) => a - b)[150] ?? 0;
    };
    await medianOf('warm-up');
    const before = await medianOf('before');
    await owner.query('begin isolation level repeatable read');
    await owner.query('select count(*) from batches');
    for (let n = 0; n < 5; n += 1) await medianOf(`between-${n}`);
    const during = await medianOf('during');
    await owner.query('rollback');
    expect(during / before).toBeLessThan(3);
  });

  it('goes on into the next partition, and makes the ones behind it', async () => {
    await owner.query("insert into batches values (1, 249998, 0, '', '', '', sha256('a'))");
    const log = openLog();
    const events = upTo(4).map((n) => sampleEvent({ tags: ['lead:1' as Tag, `note:${n}` as Tag] }));
    expect(await log.append(sampleUnit('a', { events }))).toMatchObject({ first: 249_999, last: 250_002 });
    const found = await log.readByTags({
      organizationId: events[0]?.organizationId ?? sampleEvent().organizationId,
      tags: ['lead:1' as Tag],
    });
    expect(found.map((event) => event.position)).toEqual([249_999, 250_000, 250_001, 250_002]);
    const guarded = sampleUnit('b', { guards: [{ tag: 'note:1' as Tag, after: 249_998 }] });
    expect(await log.append(guarded)).toMatchObject({ status: 'refused', movedTo: 249_999 });
    const { rows } = await owner.query<{ name: string }>(
      "select inhrelid::regclass::text as name from pg_inherits where inhparent = 'events'::regclass order by name",
    );
    expect(rows.map((row) => row.name)).toEqual(['events_000000', 'events_000001', 'events_000002', 'events_000003']);
  });
});
