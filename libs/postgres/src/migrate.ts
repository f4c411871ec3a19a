import pg from 'pg';
import { AbstractLogger, DataSource, type MigrationInterface } from 'typeorm';

/** A migration as TypeORM wants it; the class name ends in the time it was written (13 digits), which is its order. */
export type MigrationClass = new () => MigrationInterface;

/** Any number; it only has to be the same in every process. */
const migrationLock = 7_204_411;

/** A migration that fails throws: nothing has to be printed past the process's own log. */
class SilentLogger extends AbstractLogger {
  protected override writeLog(): void {}
}

const noSuchTable = '42P01';

/**
 * For who only looks: changes nothing.
 * @throws Error when the database was never brought up to date, or not to all of these migrations.
 */
export async function requireMigrated(databaseUrl: string, migrations: readonly MigrationClass[]): Promise<void> {
  const client = new pg.Client({ connectionString: databaseUrl, application_name: 'lead-rotator migrate' });
  await client.connect();
  try {
    const run = await client.query<{ name: string }>('select name from migrations').catch((error) => {
      if ((error as { code?: unknown }).code !== noSuchTable) throw error;
      return { rows: [] };
    });
    if (run.rows.length === 0) throw new Error('there is no log in it: `lead-rotator serve all` makes one');
    const names = new Set(run.rows.map(({ name }) => name));
    if (migrations.every(({ name }) => names.has(name))) return;
    throw new Error('it was left by an older version of the program: start `lead-rotator serve all` of this one first');
  } finally {
    await client.end();
  }
}

/**
 * Brings the database up to date: runs the migrations that it has not seen yet, each in its own transaction, forward
 * only. Many processes may start at once: one migrates under an advisory lock, the others wait and find nothing to do.
 * Needs a login that may create tables; the services themselves never do.
 */
export async function migrate(databaseUrl: string, migrations: readonly MigrationClass[]): Promise<void> {
  const lock = new pg.Client({ connectionString: databaseUrl, application_name: 'lead-rotator migrate' });
  await lock.connect();
  try {
    await lock.query('select pg_advisory_lock($1)', [migrationLock]);
    const source = new DataSource({
      type: 'postgres',
      url: databaseUrl,
      applicationName: 'lead-rotator migrate',
      migrations: [...migrations],
      migrationsTransactionMode: 'each',
      poolSize: 2,
      logger: new SilentLogger(),
    });
    await source.initialize();
    try {
      await source.runMigrations();
    } finally {
      await source.destroy();
    }
  } finally {
    await lock.end();
  }
}
