import { ReplayedTables, type TableProjection } from '@lead-rotator/read-models';
import type pg from 'pg';
import type { OpenReadModel, ReadModelCheck } from './read-model-check.ts';

/**
 * Checks tables that a projection writes: replays the log by the same projection into temporary tables of the same
 * names, in a transaction that sees one moment of the real ones, and lets the database compare. Finds what was changed
 * by hand, applied twice, or written by an older version of the projection; not a fault of the projection itself.
 */
export function tableReadModelCheck(
  pool: pg.Pool,
  projection: TableProjection,
  tables: readonly string[],
): ReadModelCheck {
  return { name: projection.name, open: () => openTables(pool, projection, tables) };
}

async function openTables(
  pool: pg.Pool,
  projection: TableProjection,
  tables: readonly string[],
): Promise<OpenReadModel> {
  const client = await pool.connect();
  const close = async () => {
    await client.query('rollback').catch(() => {});
    client.release();
  };
  try {
    await client.query('begin isolation level repeatable read');
    // It waits while the topic is read, which may take minutes; a service that stood still so long would be cut off.
    await client.query('set local idle_in_transaction_session_timeout = 0');
    const { rows } = await client.query<{ log_id: string; position: string }>(
      'select log_id, position from projection_cursors where name = $1 and version = $2',
      [projection.name, projection.version],
    );
    // Gone with the transaction, which is never committed.
    const replayed = await ReplayedTables.create(client, projection, tables);
    return {
      logId: rows[0]?.log_id,
      position: Number(rows[0]?.position ?? 0),
      replay: (events) => replayed.apply(events),
      compare: () => replayed.compare(),
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}
