import { type EventLog, LogReplaced } from '@lead-rotator/event-log';
import type { Position } from '@lead-rotator/event-sourcing';
import type pg from 'pg';
import { type DifferentRow, ReplayedTables } from './replayed-tables.ts';
import type { ProjectedTables } from './table-projection.ts';

export interface Rebuilt {
  /** Up to where the tables stand. */
  readonly position: Position;
  /** So many were stored before. */
  readonly rows: number;
  /** What was wrong with them, the first thousand of each table: it is mended now. */
  readonly different: readonly DifferentRow[];
}

const pageSize = 5_000;

/**
 * Makes the tables of a projection anew from the beginning of the log, beside the old ones, compares, and mends what is
 * different, all at the position at which the old ones stand; the service goes on meanwhile, and waits only for the last
 * bit. Tables that were made from another log, as after a restore, are made from this one, up to its head.
 * @throws LogReplaced when the log is replaced while it is read; LogUnavailable.
 */
export async function rebuildTables(
  pool: pg.Pool,
  log: EventLog,
  { projection, tables }: ProjectedTables,
  onProgress?: (done: Position, head: Position) => void,
): Promise<Rebuilt> {
  const client = await pool.connect();
  try {
    const replayed = await ReplayedTables.create(client, projection, tables);
    const id = await log.id();
    let position = 0;
    const readUntil = async (end: Position) => {
      while (position < end) {
        const page = await log.read({ after: position, until: end, limit: pageSize, types: projection.types });
        if (page.readTo <= position) throw new LogReplaced(`${id} at ${position}`, `one that ends at ${page.head}`);
        await replayed.apply(page.events);
        position = page.readTo;
        onProgress?.(position, page.head);
      }
    };
    const cursor = async (lock: string) => {
      const { rows } = await client.query<{ log_id: string; position: Position }>(
        `select log_id, position from projection_cursors where name = $1 and version = $2 ${lock}`,
        [projection.name, projection.version],
      );
      return rows[0];
    };
    const stored = await cursor('');
    await readUntil(stored?.log_id === id ? stored.position : await log.head());
    await client.query('begin');
    try {
      await client.query(
        `insert into projection_cursors (name, version, log_id, position) values ($1, $2, $3, 0) on conflict do nothing`,
        [projection.name, projection.version, id],
      );
      const held = await cursor('for update');
      // Of another log: no copy writes, and nothing is lost by what they have not read. Else they stand still now.
      const target = held?.log_id === id ? Math.max(held.position, position) : position;
      await readUntil(target);
      const { rows, different } = await replayed.compare();
      await replayed.store();
      await client.query(
        `update projection_cursors set log_id = $3, position = $4, moved_at = now() where name = $1 and version = $2`,
        [projection.name, projection.version, id, target],
      );
      await client.query('commit');
      return { position: target, rows, different };
    } catch (error) {
      await client.query('rollback').catch(() => {});
      throw error;
    }
  } finally {
    // Its temporary tables would be in the way of whoever gets the connection next.
    client.release(true);
  }
}
