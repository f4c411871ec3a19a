import type pg from 'pg';
import { loadSql } from './load-sql.ts';

const lockNotAvailable = '55P03';
const mostMilliseconds = 3_600_000;

/**
 * Makes one partition of the oldest sixteen full ones of tags, so that reading by tag stays quick however long the log is.
 * Returns the name of the new one; undefined when there is nothing to merge, or somebody else is at it or reads all
 * tags: then it may be tried again in a minute. Works on millions of rows, without holding anybody up.
 */
export async function mergeTagPartitions(pool: pg.Pool): Promise<string | undefined> {
  const client = await pool.connect();
  try {
    await client.query('begin; set local statement_timeout = 0');
    const merging = { text: loadSql('merge-tag-partitions'), query_timeout: mostMilliseconds };
    const { rows } = await client.query<{ merged: string | null }>(merging);
    await client.query('commit');
    return rows[0]?.merged ?? undefined;
  } catch (error) {
    await client.query('rollback').catch(() => {});
    if ((error as { code?: unknown }).code === lockNotAvailable) return undefined;
    throw error;
  } finally {
    client.release();
  }
}
