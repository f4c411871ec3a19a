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

describeEventLog('the log on PostgreSQL', async () => {
  const database = await createTestDatabase(eventLogMigrations);
  databases.push(database);
  return new PostgresEventLog({ url: database.url, applicationName: 'tests', role: serviceRole });
});
