import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';

/** Where the process that runs the embedded PostgreSQL says how to reach it: only its user can read it. */
const fileOf = (home: string) => join(home, 'database-url');

export function publishAddress(home: string, url: string): void {
  mkdirSync(home, { recursive: true });
  writeFileSync(fileOf(home), `${url}\n`, { mode: 0o600 });
}

export function withdrawAddress(home: string): void {
  rmSync(fileOf(home), { force: true });
}

/** The address of an embedded PostgreSQL that runs now, started by another process on the same home. */
export async function findRunningDatabase(home: string): Promise<string | undefined> {
  const url = readAddress(home);
  if (url === undefined) return undefined;
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 2_000 });
  client.on('error', () => {});
  try {
    await client.connect();
    return url;
  } catch {
    return undefined;
  } finally {
    await client.end().catch(() => {});
  }
}

function readAddress(home: string): string | undefined {
  try {
    return readFileSync(fileOf(home), 'utf8').trim();
  } catch {
    return undefined;
  }
}
