import type pg from 'pg';
import { LogUnavailable } from './errors.ts';
import { faultOf } from './fault.ts';
import { loadSql } from './load-sql.ts';

/** Runs the statements of `sql/` by their names, prepared once on each connection. */
export class Database {
  private readonly texts = new Map<string, string>();

  constructor(private readonly pool: pg.Pool) {}

  /** Rows as objects. @throws LogUnavailable when the server is away, overloaded or did not answer. */
  async query<Row extends pg.QueryResultRow>(name: string, values: unknown[]): Promise<Row[]> {
    return available(async () => (await this.pool.query<Row>({ name, text: this.textOf(name), values })).rows);
  }

  /** Rows as arrays, which are cheaper to make. @throws LogUnavailable */
  async queryRows<Row extends unknown[]>(name: string, values: unknown[]): Promise<Row[]> {
    const statement = { name, text: this.textOf(name), values, rowMode: 'array' } as const;
    return available(async () => (await this.pool.query<Row>(statement)).rows);
  }

  private textOf(name: string): string {
    const known = this.texts.get(name);
    if (known !== undefined) return known;
    const text = loadSql(name);
    this.texts.set(name, text);
    return text;
  }
}

async function available<Result>(work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    if (faultOf(error) !== 'unavailable') throw error;
    throw new LogUnavailable(`the log does not answer: ${String(error)}`, { cause: error });
  }
}
