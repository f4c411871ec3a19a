import type { Position } from '@lead-rotator/event-sourcing';
import type pg from 'pg';
import { loadSql } from '../load-sql.ts';

const read = { name: 'read-relay-cursor', text: loadSql('read-relay-cursor') };
const save = { name: 'save-relay-cursor', text: loadSql('save-relay-cursor') };

/** Up to which position a log is on a topic, without a hole. */
export interface RelayCursor {
  readonly logId: string;
  readonly position: Position;
}

/** Where the relays stand, in the database, so that whoever takes over goes on there. */
export class RelayCursors {
  readonly #pool: pg.Pool;

  constructor(pool: pg.Pool) {
    this.#pool = pool;
  }

  /** Undefined when nothing was relayed to the topic yet. */
  async read(topic: string): Promise<RelayCursor | undefined> {
    const { rows } = await this.#pool.query<{ log_id: string; position: number }>({ ...read, values: [topic] });
    const [row] = rows;
    return row === undefined ? undefined : { logId: row.log_id, position: Number(row.position) };
  }

  /** Never goes back, and leaves the cursor of another log alone. */
  async save(topic: string, { logId, position }: RelayCursor): Promise<void> {
    await this.#pool.query({ ...save, values: [topic, logId, position] });
  }
}
