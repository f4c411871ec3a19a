import { PostgresEventLog } from '@lead-rotator/event-log';
import { isServerAway, migrate, requireMigrated, serviceRole } from '@lead-rotator/postgres';
import type { Logger, Settings } from '@lead-rotator/service-host';
import { blaming } from './in-words.ts';
import { migrations } from './migrations.ts';
import { type OpenDatabase, openDatabase } from './open-database.ts';

export interface OpenLog {
  readonly log: PostgresEventLog;
  /** The owner's address of its database. */
  readonly databaseUrl: string;
  close(): Promise<void>;
}

/**
 * The log, its database started if need be; under the role that can only read and append. Who serves makes it and brings
 * it up to date; who operates finds it as it is: a command called with the wrong settings must not find all well.
 */
export async function openLog(
  settings: Settings,
  applicationName: string,
  logger: Logger,
  purpose: 'serve' | 'operate',
): Promise<OpenLog> {
  const database = await openPrepared(settings, logger, purpose);
  try {
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

/** Once more when an embedded one was there and is gone again: the process that ran it was just ending. */
async function openPrepared(
  settings: Settings,
  logger: Logger,
  purpose: 'serve' | 'operate',
  triesLeft = 3,
): Promise<OpenDatabase> {
  const database = await openDatabase(settings, logger, purpose);
  const prepare = purpose === 'serve' ? migrate : requireMigrated;
  try {
    await blamedOn(settings, () => prepare(database.url, migrations));
    return database;
  } catch (error) {
    await database.close();
    if (settings.databaseUrl !== undefined || !isServerAway(error) || triesLeft === 0) throw error;
    return openPrepared(settings, logger, purpose, triesLeft - 1);
  }
}

/** An embedded PostgreSQL that cannot be had is no fault of a setting. */
const blamedOn = (settings: Settings, work: () => Promise<void>): Promise<void> =>
  settings.databaseUrl === undefined ? work() : blaming('DATABASE_URL', work);
