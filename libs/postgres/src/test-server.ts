import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { startEmbeddedPostgres } from './embedded-postgres.ts';

/** Set by jest's global setup: the folder of this run, in which the first spec that needs a server puts it. */
const testRunVariable = 'LEAD_ROTATOR_TEST_RUN';

/**
 * The address of the run's one server: `DATABASE_URL`, else an embedded one that the first who asks starts. Specs run
 * in several processes; a folder that only one of them can make decides who starts it. Durability is off there
 * (`fsync`): nothing of a test outlives the run.
 */
export async function testServer(): Promise<string> {
  if (process.env.DATABASE_URL !== undefined) return process.env.DATABASE_URL;
  const run = testRunFolder();
  const addressFile = join(run, 'address');
  if (claim(join(run, 'starting'))) {
    const dataDir = join(run, 'postgres');
    const server = await startEmbeddedPostgres({ dataDir, settings: { fsync: 'off', shared_buffers: '64MB' } });
    server.unref();
    writeFileSync(`${addressFile}.new`, server.url);
    renameSync(`${addressFile}.new`, addressFile);
  }
  for (let waited = 0; waited < 120_000; waited += 50) {
    if (existsSync(addressFile)) return readFileSync(addressFile, 'utf8');
    await sleep(50);
  }
  throw new Error('the test server did not start within 2 minutes');
}

export function testRunFolder(): string {
  const folder = process.env[testRunVariable];
  if (folder === undefined)
    throw new Error(`${testRunVariable} is not set: database tests run under jest's global setup`);
  return folder;
}

function claim(folder: string): boolean {
  try {
    mkdirSync(folder);
    return true;
  } catch {
    return false;
  }
}
