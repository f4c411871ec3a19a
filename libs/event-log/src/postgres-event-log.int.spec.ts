import { afterEach } from '@jest/globals';
import { createTestDatabase, serviceRole, type TestDatabase } from '@lead-rotator/postgres';
import { describeEventLog } from './contract/describe-event-log.ts';
import { eventLogMigrations } from './migrations/index.ts';
import { PostgresEventLog } from './postgres-event-log.ts';

let databases: TestDatabase[] = [];

afterEach(async () => {
  await Promise.all(databases.map((database) => database.drop()));
  databases = [];
});

async function openLogs(count: number): Promise<PostgresEventLog[]> {
  const database = await createTestDatabase(eventLogMigrations);
  databases.push(database);
  const options = { url: database.url, applicationName: 'tests', role: serviceRole };
  return Array.from({ length: count }, () => new PostgresEventLog(options));
}

describeEventLog('the log on PostgreSQL', async () => (await openLogs(1))[0] as PostgresEventLog);

/** What a process has appended itself it need not read: so the one that appends and the one that reads are two. */
describeEventLog('the log on PostgreSQL, as another process reads it', async () => {
  const [writer, reader] = (await openLogs(2)) as [PostgresEventLog, PostgresEventLog];
  const close = reader.close.bind(reader);
  return Object.assign(reader, {
    append: writer.append.bind(writer),
    appendAll: writer.appendAll.bind(writer),
    close: async () => void (await Promise.all([writer.close(), close()])),
  });
});
