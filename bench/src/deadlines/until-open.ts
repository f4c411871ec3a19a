import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';

const everyMilliseconds = 50;

/** Seconds until so many deadlines are open in the service's table. */
export async function untilOpen(databaseUrl: string, count: number): Promise<number> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  const began = performance.now();
  try {
    for (;;) {
      const { rows } = await client.query<{ count: string }>('select count(*) from open_deadlines');
      if (Number(rows[0]?.count) === count) return (performance.now() - began) / 1_000;
      await sleep(everyMilliseconds);
    }
  } finally {
    await client.end();
  }
}
