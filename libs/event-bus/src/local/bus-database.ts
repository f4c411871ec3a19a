import type pg from 'pg';
import { isTransient } from '../dead-letters/is-transient.ts';
import { BusUnavailable, MessageRefused } from '../errors.ts';
import { loadSql } from '../load-sql.ts';

/** SQLSTATE of `publish_messages` for a topic that was not made yet. */
const noSuchTopic = 'LR404';

/** Runs the statements of `sql/` by their names, prepared once on each connection. */
export class BusDatabase {
  readonly #pool: pg.Pool;
  readonly #texts = new Map<string, string>();

  constructor(pool: pg.Pool) {
    this.#pool = pool;
  }

  /**
   * @throws BusUnavailable when the database is away, or the topic is not there yet.
   * @throws MessageRefused when it will never take what it was given.
   */
  async query<Row extends pg.QueryResultRow>(name: string, values: readonly unknown[]): Promise<Row[]> {
    const text = this.#texts.get(name) ?? loadSql(name);
    this.#texts.set(name, text);
    try {
      const { rows } = await this.#pool.query<Row>({ name, text, values: [...values] });
      return rows;
    } catch (error) {
      const canRetry = isTransient(error) || (error as { code?: string }).code === noSuchTopic;
      const message = `${name}: ${error instanceof Error ? error.message : String(error)}`;
      throw canRetry ? new BusUnavailable(message, { cause: error }) : new MessageRefused(message, { cause: error });
    }
  }
}
