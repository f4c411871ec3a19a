import type pg from 'pg';

/** The rows of one query after another, fetched through cursors of the running transaction; it knows what comes next. */
export class RowStream<Row extends pg.QueryResultRow> {
  #rows: Row[] = [];
  #next = 0;
  #cursors = 0;

  constructor(
    private readonly client: pg.ClientBase,
    private readonly name: string,
    private readonly queries: readonly string[],
  ) {}

  /** The rows from here on for which it holds, up to the first for which it does not. */
  async takeWhile(holds: (row: Row) => boolean): Promise<Row[]> {
    const taken: Row[] = [];
    for (let row = await this.peek(); row !== undefined && holds(row); row = await this.peek()) {
      taken.push(row);
      this.#next += 1;
    }
    return taken;
  }

  async take(): Promise<Row | undefined> {
    const row = await this.peek();
    this.#next += 1;
    return row;
  }

  async peek(): Promise<Row | undefined> {
    while (this.#next >= this.#rows.length) {
      if (this.#cursors > 0) {
        this.#rows = (await this.client.query<Row>(`fetch 5000 from ${this.name}`)).rows;
        this.#next = 0;
        if (this.#rows.length > 0) break;
        if (this.#cursors < this.queries.length) await this.client.query(`close ${this.name}`);
      }
      const query = this.queries[this.#cursors];
      if (query === undefined) return undefined;
      await this.client.query(`declare ${this.name} no scroll cursor for ${query}`);
      this.#cursors += 1;
    }
    return this.#rows[this.#next];
  }
}
