import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { members } from '../../deadlines/fill-deadlines.ts';
import { killChild, startChild } from '../child.ts';
import { type Deadline, openBoss, queue, tables } from './boss-settings.ts';
import type { DeadlineFigures } from './deadline-figures.ts';

const together = 1_000;
/** The shortest that a batch needs is far below: what a killed worker held comes back after this. */
const expireInSeconds = 10;
const hour = 3_600_000;
/** Whatever has not fired so long after it was due is counted as lost. */
const lostMilliseconds = 60_000;

/** Deadlines as jobs of pg-boss that start later, with two workers as processes of their own. */
export async function measureBossDeadlines(
  databaseUrl: string,
  count: number,
  noticeMilliseconds: number,
): Promise<DeadlineFigures> {
  const database = new pg.Client({ connectionString: databaseUrl });
  await database.connect();
  await database.query(tables);
  await database.query('insert into rotation (members, turn) values ($1, 0)', [members]);
  const boss = openBoss(databaseUrl);
  await boss.start();
  await boss.createQueue(queue, { expireInSeconds });
  const workers = [await startWorker(databaseUrl), await startWorker(databaseUrl)];
  const insert = async (prefix: string, due: number) => {
    const ids: string[] = [];
    for (let from = 0; from < count; from += together) {
      const jobs = Array.from({ length: Math.min(together, count - from) }, (_, at) => {
        const data: Deadline = { leadId: `${prefix}-${from + at}` };
        return { data, startAfter: new Date(due) };
      });
      ids.push(...((await boss.insert(queue, jobs, { returnId: true })) ?? []));
    }
    return ids;
  };
  const burst = async (prefix: string, onSeen: (seen: number) => Promise<void>) => {
    await database.query(`insert into lead (id) select $1 || '-' || n from generate_series(0, $2 - 1) as n`, [
      prefix,
      count,
    ]);
    const due = Date.now() + noticeMilliseconds;
    await insert(prefix, due);
    const faults = Date.now() > due ? [`pg-boss: written ${Date.now() - due} ms too late`] : [];
    return { ...(await watchFired(database, prefix, count, due, onSeen)), faults };
  };
  try {
    const setting = performance.now();
    const ids = await insert('claimed', Date.now() + hour);
    const cancelling = performance.now();
    for (let from = 0; from < count; from += together) await boss.cancel(queue, ids.slice(from, from + together));
    const cancelled = performance.now();

    const calm = await burst('calm', () => Promise.resolve());
    const kill = await burst('kill', async (seen) => {
      if (seen >= count / 2) await killChild(workers[0]);
    });
    return {
      setPerSecond: (count * 1_000) / (cancelling - setting),
      cancelledPerSecond: (count * 1_000) / (cancelled - cancelling),
      firedPerSecond: count / calm.until,
      p50: calm.p50,
      p99: calm.p99,
      kill,
      faults: [...calm.faults, ...kill.faults],
    };
  } finally {
    await Promise.all(workers.map(killChild));
    await boss.stop({ graceful: false });
    await database.end();
  }
}

const startWorker = (databaseUrl: string) => startChild('deadlines/boss-worker', [databaseUrl], {});

interface FiredRow {
  readonly rows: number;
  readonly leads: number;
  readonly until: number;
  readonly p50: number;
  readonly p99: number;
}

/** Waits until all of these leads have fired, or the time is up. */
async function watchFired(
  database: pg.Client,
  prefix: string,
  count: number,
  due: number,
  onSeen: (seen: number) => Promise<void>,
) {
  for (;;) {
    const { rows } = await database.query<FiredRow>(
      `select count(*)::int as rows, count(distinct lead_id)::int as leads, max(lag) as until,
         percentile_disc(0.5) within group (order by lag) * 1000 as p50,
         percentile_disc(0.99) within group (order by lag) * 1000 as p99
       from (select lead_id, extract(epoch from at - $2::timestamptz)::float8 as lag from fired where lead_id like $1) as one`,
      [`${prefix}-%`, new Date(due)],
    );
    const [row] = rows;
    const seen = row?.leads ?? 0;
    await onSeen(seen);
    if (row !== undefined && (seen === count || Date.now() > due + lostMilliseconds)) {
      return { until: row.until, p50: row.p50, p99: row.p99, lost: count - seen, doubled: row.rows - seen };
    }
    await sleep(20);
  }
}
