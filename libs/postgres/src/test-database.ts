import { createHash, randomUUID } from 'node:crypto';
import { basename } from 'node:path';
import pg from 'pg';
import { type MigrationClass, migrate } from './migrate.ts';
import { testRunFolder, testServer } from './test-server.ts';

export interface TestDatabase {
  /** The owner's address. */
  readonly url: string;
  /** Ends what is still connected and drops the database. */
  drop(): Promise<void>;
}

/** Any number, the same in every process of the run. */
const templateLock = 7_204_412;

/**
 * A database of its own for a spec file, with the migrations applied. Copied from a template that the first one makes
 * (30 ms in place of a second).
 */
export async function createTestDatabase(migrations: readonly MigrationClass[]): Promise<TestDatabase> {
  const server = await testServer();
  const prefix = databasePrefix();
  const template = `${prefix}_template_${fingerprint(migrations)}`;
  const name = `${prefix}_${randomUUID().slice(0, 8)}`;
  await asOwner(server, async (client) => {
    await client.query('select pg_advisory_lock($1)', [templateLock]);
    const { rowCount } = await client.query('select 1 from pg_database where datname = $1', [template]);
    if (rowCount === 0) {
      const unfinished = `${template}_unfinished`;
      await client.query(`drop database if exists ${unfinished}`);
      await client.query(`create database ${unfinished}`);
      await migrate(addressOf(server, unfinished), migrations);
      await client.query(`alter database ${unfinished} rename to ${template}`);
    }
    await client.query(`create database ${name} template ${template}`);
  });
  return {
    url: addressOf(server, name),
    drop: () =>
      asOwner(server, async (client) => void (await client.query(`drop database if exists ${name} with (force)`))),
  };
}

/** Two runs on one server do not meet: the folder of a run is named by chance. */
function databasePrefix(): string {
  return `lead_rotator_test_${basename(testRunFolder())
    .replace(/[^a-z0-9]/gi, '')
    .toLowerCase()}`;
}

function fingerprint(migrations: readonly MigrationClass[]): string {
  return createHash('sha256')
    .update(migrations.map((migration) => migration.name).join())
    .digest('hex')
    .slice(0, 12);
}

function addressOf(server: string, database: string): string {
  const url = new URL(server);
  url.pathname = `/${database}`;
  return url.href;
}

async function asOwner(server: string, work: (client: pg.Client) => Promise<void>): Promise<void> {
  const client = new pg.Client({ connectionString: server, application_name: 'lead-rotator tests' });
  await client.connect();
  try {
    await work(client);
  } finally {
    await client.end();
  }
}
