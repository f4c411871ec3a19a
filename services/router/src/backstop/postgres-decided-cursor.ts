import type { LogId } from '@lead-rotator/event-log';
import type { Position } from '@lead-rotator/event-sourcing';
import type { Pool } from 'pg';
import { loadSql } from '../load-sql.ts';
import type { DecidedCursor } from './decided-cursor.ts';

const name = 'decided-leads';
const version = 1;
const select = loadSql('select-decided-cursor');
const upsert = loadSql('upsert-decided-cursor');

/** Among the cursors of the read models. */
export class PostgresDecidedCursor implements DecidedCursor {
  constructor(private readonly pool: Pool) {}

  async load(logId: LogId): Promise<Position> {
    const { rows } = await this.pool.query<{ position: Position }>(select, [name, version, logId]);
    return rows[0]?.position ?? 0;
  }

  async save(logId: LogId, position: Position): Promise<void> {
    await this.pool.query(upsert, [name, version, logId, position]);
  }
}
