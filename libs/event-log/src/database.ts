import { answerMilliseconds } from '@lead-rotator/postgres';
import type pg from 'pg';
import { LogUnavailable } from './errors.ts';
import { faultOf } from './fault.ts';
import { loadSql } from './load-sql.ts';

/** Runs the statements of `sql/` by their names, prepared once on each connection. */
export class Database {
  readonly #texts = new Map<string, string>();

  /** `onAway` is called each time the server does not answer. */
  constructor(
    private readonly pool: pg.Pool,
    private readonly onAway: () => void = () => {},
  ) {}

  /**
   * Rows as objects.
   * @throws LogUnavailable when the server is away or overloaded, or did not answer within so many milliseconds (a
   * stopped process, a cut cable: nothing else would tell); the connection is given up then.
   */
  async query<Row extends pg.QueryResultRow>(
    name: string,
    values: unknown[],
    milliseconds = answerMilliseconds,
  ): Promise<Row[]> {
    const statement = { name, text: this.#textOf(name), values, query_timeout: milliseconds };
    return this.#available(async () => (await this.pool.query<Row>(statement)).rows);
  }

  /** Rows as arrays, which are cheaper to make. @throws LogUnavailable */
  async queryRows<Row extends unknown[]>(name: string, values: unknown[]): Promise<Row[]> {
    const statement = {
      name,
      text: this.#textOf(name),
      values,
      rowMode: 'array',
      query_timeout: answerMilliseconds,
    } as const;
    return this.#available(async () => (await this.pool.query<Row>(statement)).rows);
  }

  #textOf(name: string): string {
    const known = this.#texts.get(name);
    if (known !== undefined) return known;
    const text = loadSql(name);
    this.#texts.set(name, text);
    return text;
  }
  async #available<Result>(work: () => Promise<Result>): Promise<Result> {
    try {
      return await work();
    } catch (error) {
      if (faultOf(error) !== 'unavailable') throw error;
      this.onAway();
      throw new LogUnavailable(`the log does not answer: ${String(error)}`, { cause: error });
    }
  }
}
