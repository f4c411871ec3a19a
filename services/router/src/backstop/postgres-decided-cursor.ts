import type { LogId } from '@lead-rotator/event-log';
import type { Position } from '@lead-rotator/event-sourcing';
import type { Pool } from 'pg';
import type { DecidedCursor } from './decided-cursor.ts';

const name = 'decided-leads';
const version = 1;

/** Among the cursors of the read models. */
export class PostgresDecidedCursor implements DecidedCursor {
  constructor(private readonly pool: Pool) {}

  async load(logId: LogId): Promise<Position> {
    const { rows } = await this.pool.query<{ position: Position }>(
      'select position from projection_cursors where name = $1 and version = $2 and log_id = $3',
      [name, version, logId],
    );
    return rows[0]?.position ?? 0;
  }

  async save(logId: LogId, position: Position): Promise<void> {
    await this.pool.query(
      `insert into projection_cursors (name, version, log_id, position) values ($1, $2, $3, $4)
       on conflict (name, version) do update
       set log_id = excluded.log_id, position = excluded.position, moved_at = now()`,
      [name, version, logId, position],
    );
  }
}
