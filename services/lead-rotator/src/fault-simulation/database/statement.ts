/** The tables as committed. What they look like inside is known to the statements alone. */
export class Tables {
  readonly #tables = new Map<string, Map<string, unknown>>();

  /** A table: its rows by their primary key. */
  of<Row>(name: string): Map<string, Row> {
    let table = this.#tables.get(name);
    if (table === undefined) {
      table = new Map();
      this.#tables.set(name, table);
    }
    return table as Map<string, Row>;
  }
}

/** What a statement has come to. */
export interface Answer {
  readonly rows: readonly object[];
  readonly rowCount: number;
}

/** A statement of the services: by what it is known, and what it does. */
export interface Statement {
  readonly is: RegExp;
  /** Reads: at once. Writes: at once, or with the commit of the transaction. `now`: the clock of the server. */
  run(tables: Tables, values: readonly unknown[], now: number): readonly object[];
  readonly writes?: true;
  /** What it locks until the transaction ends. */
  lock?(values: readonly unknown[]): string;
}
