import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startEmbeddedPostgres } from '@lead-rotator/postgres';
import pg from 'pg';

/**
 * A new database for one measurement: on the server of `DATABASE_URL`, else on an embedded one as the product starts
 * it. Dropped afterwards.
 */
export async function withBenchDatabase<Result>(work: (url: string) => Promise<Result>): Promise<Result> {
  const given = process.env.DATABASE_URL;
  if (given !== undefined) return withDatabaseOn(given, work);
  const folder = mkdtempSync(join(tmpdir(), 'lead-rotator-bench-'));
  const server = await startEmbeddedPostgres({ dataDir: join(folder, 'postgres') });
  try {
    return await withDatabaseOn(server.url, work);
  } finally {
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** A new database on a server that runs, dropped afterwards. */
export async function withDatabaseOn<Result>(server: string, work: (url: string) => Promise<Result>): Promise<Result> {
  const name = `lead_rotator_bench_${process.pid}_${Date.now()}`;
  const admin = new pg.Client({ connectionString: server });
  await admin.connect();
  await admin.query(`create database ${name}`);
  const url = new URL(server);
  url.pathname = `/${name}`;
  try {
    return await work(url.href);
  } finally {
    await admin.query(`drop database ${name} with (force)`);
    await admin.end();
  }
}
