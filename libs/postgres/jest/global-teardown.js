import { existsSync, readFileSync, rmSync } from 'node:fs';
import { basename, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';

/** Drops what the run's specs left on a server of the user's, stops the run's own one, and removes the folder. */
export default async function tearDownRun() {
  const folder = process.env.LEAD_ROTATOR_TEST_RUN;
  if (process.env.DATABASE_URL !== undefined) await dropDatabases(process.env.DATABASE_URL, basename(folder));
  await stopServer(join(folder, 'postgres', 'data', 'postmaster.pid'));
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
}

async function dropDatabases(server, run) {
  const client = new pg.Client({ connectionString: server });
  await client.connect();
  const pattern = `lead\\_rotator\\_test\\_${run.replace(/[^a-z0-9]/gi, '').toLowerCase()}\\_%`;
  const { rows } = await client.query('select datname from pg_database where datname like $1', [pattern]);
  for (const { datname } of rows) await client.query(`drop database if exists ${datname} with (force)`);
  await client.end();
}

async function stopServer(lockFile) {
  if (!existsSync(lockFile)) return;
  try {
    process.kill(Number.parseInt(readFileSync(lockFile, 'utf8'), 10), 'SIGINT');
  } catch {
    // It is gone already.
  }
  for (let waited = 0; waited < 10_000 && existsSync(lockFile); waited += 50) await sleep(50);
}
