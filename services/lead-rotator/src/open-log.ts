import { commandHandlingMigrations } from '@lead-rotator/command-handling';
import { eventBusMigrations } from '@lead-rotator/event-bus';
import { eventLogMigrations, PostgresEventLog } from '@lead-rotator/event-log';
import { notificationMigrations } from '@lead-rotator/notification';
import { migrate, serviceRole } from '@lead-rotator/postgres';
import { readModelMigrations } from '@lead-rotator/read-models';
import { routerMigrations } from '@lead-rotator/router';
import { accessMigrations, type Logger, type Settings } from '@lead-rotator/service-host';
import { slaMigrations } from '@lead-rotator/sla';
import { blaming } from './in-words.ts';
import { openDatabase } from './open-database.ts';

export interface OpenLog {
  readonly log: PostgresEventLog;
  /** The owner's address of its database. */
  readonly databaseUrl: string;
  close(): Promise<void>;
}

/** Everything that is a table; the log's come first, since they make the services' role. */
const migrations = [
  ...eventLogMigrations,
  ...eventBusMigrations,
  ...readModelMigrations,
  ...commandHandlingMigrations,
  ...accessMigrations,
  ...routerMigrations,
  ...slaMigrations,
  ...notificationMigrations,
];

/** The log, its database started and brought up to date if need be; under the role that can only read and append. */
export async function openLog(settings: Settings, applicationName: string, logger: Logger): Promise<OpenLog> {
  const database = await openDatabase(settings, logger);
  try {
    await blamedOn(settings, () => migrate(database.url, migrations));
    const log = new PostgresEventLog({ url: database.url, applicationName, role: serviceRole });
    return {
      log,
      databaseUrl: database.url,
      async close() {
        await log.close();
        await database.close();
      },
    };
  } catch (error) {
    await database.close();
    throw error;
  }
}

/** An embedded PostgreSQL that cannot be had is no fault of a setting. */
const blamedOn = (settings: Settings, work: () => Promise<void>): Promise<void> =>
  settings.databaseUrl === undefined ? work() : blaming('DATABASE_URL', work);
