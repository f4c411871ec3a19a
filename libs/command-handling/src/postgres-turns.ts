import type { Pool, PoolClient, QueryResult } from 'pg';
import type { TurnTaking } from './turn-taking.ts';

/** With contention above this, a copy asks for its turn: a turn costs two queries, being refused three or more. */
const worthATurn = 0.3;
/** How much one time counts of the contention so far. */
const weight = 0.1;

/**
 * `free`: it was not waited for. Who stands still for so long during its turn has lost it, and nobody waits for longer than
 * that and a bit. The lock lives with the transaction, and no row is touched.
 */
const begin = (stillMilliseconds: number) => `begin;
set local idle_in_transaction_session_timeout = ${stillMilliseconds};
set local lock_timeout = ${stillMilliseconds * 1.5};
select case when pg_try_advisory_xact_lock(7204412) then true else pg_advisory_xact_lock(7204412)::text is null end as free`;

/**
 * Turns by a lock in the log's database. Guards alone keep decisions right, but copies that are all busy with one
 * rotation then decide every lead twice: each of them prepares its batch while another one commits, and is refused. With
 * turns, two routers under full load were refused for 1 lead in 100. Nothing depends on the lock: without it, or when it
 * is not granted in time, the work is done all the same.
 */
export class PostgresTurns implements TurnTaking {
  readonly #pool: Pool;
  readonly #begin: string;
  /** Of the last times, the part in which another copy was met: refused without a turn, or waited for with one. */
  #contention = 0;

  /** @param stillMilliseconds after how long a copy that stands still loses its turn. */
  constructor(pool: Pool, stillMilliseconds = 1_000) {
    this.#pool = pool;
    this.#begin = begin(stillMilliseconds);
  }

  conflict(): void {
    this.#contention += weight;
  }

  async during<Result>(work: () => Promise<Result>): Promise<Result> {
    const asks = this.#contention > worthATurn;
    this.#contention *= 1 - weight;
    const turn = asks ? await this.#take() : undefined;
    try {
      return await work();
    } finally {
      // What was decided is not held up by it.
      if (turn !== undefined) void end(turn);
    }
  }

  /** Undefined when it was not granted. */
  async #take(): Promise<PoolClient | undefined> {
    const client = await this.#pool.connect().catch(() => undefined);
    try {
      // One result for each statement.
      const results = (await client?.query(this.#begin)) as unknown as QueryResult<{ free: boolean }>[] | undefined;
      if (results?.at(-1)?.rows[0]?.free === false) this.conflict();
      return client;
    } catch {
      this.conflict();
      client?.release(true);
      return undefined;
    }
  }
}

async function end(client: PoolClient): Promise<void> {
  try {
    await client.query('commit');
    client.release();
  } catch {
    client.release(true);
  }
}
