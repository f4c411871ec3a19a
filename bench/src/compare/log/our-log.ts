import { eventLogMigrations, PostgresEventLog, verifyLog } from '@lead-rotator/event-log';
import { createPool, migrate, serviceRole } from '@lead-rotator/postgres';
import { sampleUnit } from '../../append/sample-unit.ts';
import { type ComparedLog, idsOf, pageSize } from './compared-log.ts';

/** The product's log on an empty database, as a service uses it: units with tags and guards. */
export async function withOurLog<Result>(url: string, measure: (log: ComparedLog) => Promise<Result>) {
  await migrate(url, eventLogMigrations);
  const log = new PostgresEventLog({ url, applicationName: 'bench compare', role: serviceRole });
  const readAt = await log.head();
  try {
    return await measure({
      async append(size) {
        const outcome = await log.append(sampleUnit(size, readAt));
        if (outcome.status !== 'appended') throw new Error(`refused: ${outcome.tag}`);
      },
      async readPages(take) {
        const until = await log.head();
        const signal = new AbortController().signal;
        for await (const { events } of log.follow({ until, limit: pageSize, signal })) take(idsOf(events));
      },
      here: async () => BigInt(await log.head()),
      async follow(after, take, signal) {
        const pages = log.follow({ after: Number(after), limit: pageSize, signal });
        for await (const { events } of pages) take(idsOf(events));
      },
    });
  } finally {
    await log.close();
  }
}

/** What is wrong with the hashes of the log on this database. */
export async function faultsOfLog(url: string): Promise<string[]> {
  const pool = createPool({ url, applicationName: 'bench compare' });
  try {
    return (await verifyLog(pool)).faults.map(({ what }) => what);
  } finally {
    await pool.end();
  }
}
