import { availableParallelism, cpus, loadavg, totalmem } from 'node:os';
import pg from 'pg';

/** The machine, the versions and the settings that say what a figure of the database is worth. */
export async function describeMachine(databaseUrl: string): Promise<string> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  const settings = ['fsync', 'synchronous_commit', 'full_page_writes', 'wal_sync_method', 'shared_buffers'];
  const { rows } = await client.query<{ name: string; value: string }>(
    'select name, current_setting(name) as value from unnest($1::text[]) as name',
    [['server_version', ...settings]],
  );
  await client.end();
  const of = (name: string) => rows.find((row) => row.name === name)?.value;
  return [
    describeProcessor(),
    `versions: PostgreSQL ${of('server_version')}`,
    `durability: ${settings.map((name) => `${name} ${of(name)}`).join(', ')}`,
  ].join('\n');
}

/** The machine, for figures in which no database has a part. */
export function describeProcessor(): string {
  const memory = Math.round(totalmem() / 2 ** 30);
  const machine = `${availableParallelism()} × ${cpus()[0]?.model.trim()}, ${memory} GB`;
  const load = loadavg()[0]?.toFixed(1);
  return `machine: ${machine}, load ${load} at the start, ${yardstick()}, Node ${process.versions.node}`;
}

/**
 * Rented processors of one name differ by a factor of three from day to day: figures are to be read by this. The best of
 * three, since the first one is not compiled yet.
 */
function yardstick(): string {
  const additions = 100_000_000;
  const best = Math.min(...[1, 2, 3].map(() => secondsOf(additions)));
  return `${additions / 1_000_000} million additions in ${best.toFixed(2)} s`;
}

function secondsOf(additions: number): number {
  const began = performance.now();
  let sum = 0;
  for (let number = 0; number < additions; number += 1) sum += number;
  // The sum is looked at, or the loop could be left out.
  return sum > 0 ? (performance.now() - began) / 1_000 : Number.NaN;
}
