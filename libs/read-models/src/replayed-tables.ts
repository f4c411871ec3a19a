import type { RecordedEvent } from '@lead-rotator/event-sourcing';
import pg from 'pg';
import { loadSql } from './load-sql.ts';
import type { TableProjection } from './table-projection.ts';

/** A row of a table that is not what the log gives. Its key, never its content. */
export interface DifferentRow {
  readonly row: string;
  readonly how: 'missing' | 'not in the replay' | 'another content';
}

const toldDifferences = 1_000;

/**
 * The tables of a projection made again from the log, beside the stored ones: temporary ones of the same names, so that
 * the projection itself writes them. They are gone
 * with the connection, or with the transaction in which they are made if it is rolled back.
 */
export class ReplayedTables {
  readonly #client: pg.ClientBase;
  readonly #projection: TableProjection;
  readonly #tables: readonly string[];

  private constructor(client: pg.ClientBase, projection: TableProjection, tables: readonly string[]) {
    this.#client = client;
    this.#projection = projection;
    this.#tables = tables;
  }

  static async create(
    client: pg.ClientBase,
    projection: TableProjection,
    tables: readonly string[],
  ): Promise<ReplayedTables> {
    for (const table of tables) {
      await client.query(loadSql('create-replayed-table', { table: pg.escapeIdentifier(table) }));
    }
    return new ReplayedTables(client, projection, tables);
  }

  /** The next events of the log, of whatever type, in order. */
  async apply(events: readonly RecordedEvent[]): Promise<void> {
    const wanted = events.filter(({ type }) => this.#projection.types.includes(type));
    if (wanted.length > 0) await this.#projection.apply(this.#client, wanted);
  }

  /**
   * `rows`: how many are stored; `different`: which of them are not as replayed, the first thousand of each table. In a
   * transaction, to whose end statements take as long as they need: on three million rows longer than half a minute.
   */
  async compare(): Promise<{ readonly rows: number; readonly different: readonly DifferentRow[] }> {
    await this.#client.query("set local statement_timeout = 0; set local work_mem = '64MB'");
    let rows = 0;
    const different: DifferentRow[] = [];
    for (const { table, key } of await this.#keys()) {
      const names = { table, key: key.join(', ') };
      const found = await this.#client.query<DifferentRow>(loadSql('select-different-rows', names), [toldDifferences]);
      different.push(...found.rows);
      const count = await this.#client.query<{ rows: number }>(loadSql('count-rows', names));
      rows += count.rows[0]?.rows ?? 0;
    }
    return { rows, different };
  }

  /** Makes the stored tables equal to these, and touches only rows that are not: nobody who reads has to wait. */
  async store(): Promise<void> {
    for (const { table, key } of await this.#keys()) {
      const same = key.map((column) => `t.${column} = d.${column}`).join(' and ');
      await this.#client.query(loadSql('delete-different-rows', { table, same }));
      await this.#client.query(loadSql('insert-missing-rows', { table }));
    }
  }

  async #keys(): Promise<{ table: string; key: string[] }[]> {
    const all: { table: string; key: string[] }[] = [];
    for (const name of this.#tables) {
      const table = pg.escapeIdentifier(name);
      const { rows } = await this.#client.query<{ name: string }>(loadSql('select-key-columns'), [`public.${table}`]);
      all.push({ table, key: rows.map((column) => pg.escapeIdentifier(column.name)) });
    }
    return all;
  }
}
