import type { Pool, PoolClient } from 'pg';
import type { TurnTaking } from './turn-taking.ts';

/** So long after a conflict, or after it had to wait, a copy asks for its turn. */
const contentionMilliseconds = 2_000;
/** Fewer commands are decided again sooner than a turn is asked for: at 100 leads/s, turns took two queries of five. */
const fewCommands = 50;
/** Waiting longer than this is contention. */
const waitedMilliseconds = 5;

/**
 * Who stands still during its turn has lost it after a second, and nobody waits for longer than that and a bit. The
 * lock lives with the transaction, and no row is touched.
 */
const begin = `begin;
set local idle_in_transaction_session_timeout = 1000;
set local lock_timeout = 1500;
select pg_advisory_xact_lock(7204412)`;

/**
 * Turns by a lock in the log's database. Guards alone keep decisions right, but copies that are all busy with one
 * rotation then decide every lead twice: each of them prepares its batch while another one commits, and is refused. With
 * turns, two routers under full load were refused for 1 lead in 100. Nothing depends on the lock: without it, or when it
 * is not granted in time, the work is done all the same.
 */
export class PostgresTurns implements TurnTaking {
  readonly #pool: Pool;
  #contendedUntil = 0;

  constructor(pool: Pool) {
    this.#pool = pool;
  }

  conflict(commands: number): void {
    if (commands >= fewCommands) this.#contendedUntil = performance.now() + contentionMilliseconds;
  }

  async during<Result>(commands: number, work: () => Promise<Result>): Promise<Result> {
    const asked = performance.now();
    if (commands < fewCommands || asked > this.#contendedUntil) return work();
    const client = await this.#begin();
    if (performance.now() - asked > waitedMilliseconds) this.conflict(commands);
    try {
      return await work();
    } finally {
      if (client !== undefined) await end(client);
    }
  }

  /** Undefined when it was not granted. */
  async #begin(): Promise<PoolClient | undefined> {
    const client = await this.#pool.connect().catch(() => undefined);
    try {
      await client?.query(begin);
      return client;
    } catch {
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
