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
  return {
    id: () => reader.id(),
    restoredUpTo: () => reader.restoredUpTo(),
    append: (unit) => writer.append(unit),
    appendAll: (units) => writer.appendAll(units),
    read: (selection) => reader.read(selection),
    readPlaces: (selection) => reader.readPlaces(selection),
    readByTags: (selection) => reader.readByTags(selection),
    head: () => reader.head(),
    follow: (selection) => reader.follow(selection),
    close: async () => void (await Promise.all([writer.close(), reader.close()])),
    contacts: reader.contacts,
  };
});
