import type pg from 'pg';

/**
 * Reads the whole log as it stands at one moment, for as long as that takes and while appending goes on. Tags are not
 * merged meanwhile: a merged partition is newer than the snapshot, and would look empty in it.
 */
export async function withLogSnapshot<Result>(
  pool: pg.Pool,
  work: (client: pg.ClientBase) => Promise<Result>,
): Promise<Result> {
  const client = await pool.connect();
  try {
    await client.query('begin isolation level repeatable read read only');
    // Before the first query, which takes the snapshot.
    await client.query('lock table event_tags in access share mode');
    await client.query("set local statement_timeout = 0; set local work_mem = '64MB'");
    return await work(client);
  } finally {
    await client.query('rollback').catch(() => {});
    client.release();
  }
}
