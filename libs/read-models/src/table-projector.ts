import { setTimeout as sleep } from 'node:timers/promises';
import { type EventLog, LogReplaced } from '@lead-rotator/event-log';
import type { Position, RecordedEvent } from '@lead-rotator/event-sourcing';
import { UnknownEvent } from '@lead-rotator/lead-events';
import type { ClientBase, Pool } from 'pg';
import type { TableProjection } from './table-projection.ts';
import { TablesOfAnotherLog } from './tables-of-another-log.ts';

const pageSize = 2_000;
/** A cursor moves with what is written; when nothing was, once in so many positions. */
const idleStride = 20_000;

/**
 * Moves one table projection along the log. Several copies may run: who finds that the cursor was moved by another
 * goes on from where that one stands, so a page is applied once.
 */
export class TableProjector {
  readonly #pool: Pool;
  readonly #log: EventLog;
  readonly #projection: TableProjection;
  readonly #restMilliseconds: number;
  #lag = 0;
  #fault: string | undefined;

  /**
   * `restMilliseconds`: at the head of the log it lets events gather for so long, default 100. A page costs seven round
   * trips, a commit and a read, however few events are in it: written one by one they took more of the database than
   * capturing and assigning the leads.
   */
  constructor(pool: Pool, log: EventLog, projection: TableProjection, restMilliseconds = 100) {
    this.#pool = pool;
    this.#log = log;
    this.#projection = projection;
    this.#restMilliseconds = restMilliseconds;
  }

  /** How many positions the tables are behind the head of the log, as last seen; 0 in a copy that does not run. */
  get lag(): number {
    return this.#lag;
  }

  /** Why this copy's tables stand still until somebody does something about it, in words; undefined when they do not. */
  get fault(): string | undefined {
    return this.#fault;
  }

  /** How many positions the tables are behind the head of the log now. Asks the log and the database. */
  async behind(): Promise<number> {
    const head = await this.#log.head();
    return Math.max(0, head - (await this.position()));
  }

  /**
   * The tables have in them what is in the log up to here, or more. Asks the database, since another copy may be the one
   * that writes them; and the log, since the cursor stays where it is while nothing concerns them.
   */
  async position(): Promise<Position> {
    const { rows } = await this.#pool.query<{ position: Position }>(
      'select position from projection_cursors where name = $1 and version = $2',
      [this.#projection.name, this.#projection.version],
    );
    const after = rows[0]?.position ?? 0;
    const { events, readTo } = await this.#log.read({ after, limit: 1, types: this.#projection.types });
    return events[0] === undefined ? readTo : events[0].position - 1;
  }

  /** Waits until the tables have in them what the log had when this was called, at most so long. */
  async catchUp(mostMilliseconds: number): Promise<void> {
    const head = await this.#log.head();
    for (const end = Date.now() + mostMilliseconds; Date.now() < end; await sleep(20)) {
      if ((await this.position()) >= head) return;
    }
  }

  /**
   * Follows the log until the signal is aborted.
   * @throws LogReplaced when the tables were made from another log: they must be rebuilt; UnknownEvent at an event that
   * a newer version of the program wrote. Both are the `fault` from then on.
   */
  async run(signal: AbortSignal): Promise<void> {
    try {
      while (!signal.aborted) {
        await this.#followFrom(await this.#inTransaction((client) => this.#cursor(client)), signal);
      }
      this.#lag = 0;
    } catch (error) {
      if (error instanceof LogReplaced || error instanceof UnknownEvent) this.#fault = error.message;
      throw error;
    }
  }

  /** Empties the tables and puts the cursor to the beginning. */
  async reset(): Promise<void> {
    const id = await this.#log.id();
    await this.#inTransaction(async (client) => {
      await this.#projection.clear(client);
      await client.query(
        `insert into projection_cursors (name, version, log_id, position) values ($1, $2, $3, 0)
         on conflict (name, version) do update set log_id = excluded.log_id, position = 0, moved_at = now()`,
        [this.#projection.name, this.#projection.version, id],
      );
    });
  }

  /** Ends when the signal is aborted, or when another copy has moved the cursor. */
  async #followFrom(start: Position, signal: AbortSignal): Promise<void> {
    let cursor = start;
    this.#fault = undefined;
    const pace = { listens: false, pollMilliseconds: this.#restMilliseconds };
    const selection = { after: start, limit: pageSize, types: this.#projection.types, signal, ...pace };
    for await (const page of this.#log.follow(selection)) {
      if (page.events.length > 0 || page.readTo - cursor >= idleStride) {
        if (!(await this.#move(cursor, page.readTo, page.events))) return;
        cursor = page.readTo;
      }
      this.#lag = page.head - page.readTo;
    }
  }

  /** False if another copy has moved the cursor. */
  async #move(from: Position, to: Position, events: readonly RecordedEvent[]): Promise<boolean> {
    return this.#inTransaction(async (client) => {
      if ((await this.#cursor(client)) !== from) return false;
      if (events.length > 0) await this.#projection.apply(client, events);
      await client.query(
        'update projection_cursors set position = $3, moved_at = now() where name = $1 and version = $2',
        [this.#projection.name, this.#projection.version, to],
      );
      return true;
    });
  }

  /** The cursor, locked until the transaction ends; made if there is none. */
  async #cursor(client: ClientBase): Promise<Position> {
    const id = await this.#log.id();
    const key = [this.#projection.name, this.#projection.version];
    await client.query(
      'insert into projection_cursors (name, version, log_id, position) values ($1, $2, $3, 0) on conflict do nothing',
      [...key, id],
    );
    const { rows } = await client.query<{ log_id: string; position: number }>(
      'select log_id, position from projection_cursors where name = $1 and version = $2 for update',
      key,
    );
    const cursor = rows[0];
    if (cursor === undefined) throw new Error(`no cursor of ${this.#projection.name}`);
    if (cursor.log_id !== id) throw new TablesOfAnotherLog(this.#projection.name, cursor.log_id, id);
    return cursor.position;
  }

  async #inTransaction<Result>(work: (client: ClientBase) => Promise<Result>): Promise<Result> {
    const client = await this.#pool.connect();
    try {
      await client.query('begin');
      const result = await work(client);
      await client.query('commit');
      client.release();
      return result;
    } catch (error) {
      await client.query('rollback').catch(() => {});
      client.release(true);
      throw error;
    }
  }
}
