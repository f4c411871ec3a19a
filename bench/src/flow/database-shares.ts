import pg from 'pg';
import { cpuSeconds } from './cpu-shares.ts';

/** What the connections of each program have used of the database's processors between two calls. */
export class DatabaseShares {
  readonly #client: pg.Client;
  readonly #before: Map<number, number>;

  private constructor(client: pg.Client, before: Map<number, number>) {
    this.#client = client;
    this.#before = before;
  }

  static async begin(url: string): Promise<DatabaseShares> {
    const client = new pg.Client({ connectionString: url, application_name: 'bench' });
    await client.connect();
    const before = (await backends(client)).map(({ pid }) => [pid, cpuSeconds(pid)] as const);
    return new DatabaseShares(client, new Map(before));
  }

  /** A line per program, the dearest first: microseconds of CPU for each of so many leads. Connections that are gone are not in it. */
  async perLead(leads: number): Promise<string[]> {
    const seconds = new Map<string, number>();
    for (const { pid, name } of await backends(this.#client)) {
      const used = cpuSeconds(pid) - (this.#before.get(pid) ?? 0);
      seconds.set(name, (seconds.get(name) ?? 0) + used);
    }
    await this.#client.end();
    return [...seconds]
      .filter(([, used]) => used > 0)
      .sort(([, one], [, other]) => other - one)
      .map(([name, used]) => `    ${name.padEnd(32)} ${((used * 1e6) / leads).toFixed(1).padStart(7)} µs/lead`);
  }
}

async function backends(client: pg.Client): Promise<{ pid: number; name: string }[]> {
  const { rows } = await client.query(
    `select pid, coalesce(nullif(application_name, ''), backend_type) as name from pg_stat_activity`,
  );
  return rows;
}
