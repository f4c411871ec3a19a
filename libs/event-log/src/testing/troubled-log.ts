import type { Unit } from '@lead-rotator/event-sourcing';
import { CuttingProxy, createTestDatabase, serviceRole, type TestDatabase } from '@lead-rotator/postgres';
import pg from 'pg';
import { appendParameters } from '../append/append-call.ts';
import { prepareUnit } from '../append/prepared-unit.ts';
import type { EventLog } from '../event-log.ts';
import { loadSql } from '../load-sql.ts';
import { eventLogMigrations } from '../migrations/index.ts';
import { PostgresEventLog, type PostgresEventLogOptions } from '../postgres-event-log.ts';
import { encodePayload } from '../stored-payload.ts';

/** A log on PostgreSQL and the ways to get it into trouble. */
export class TroubledLog {
  readonly #database: TestDatabase;
  readonly #open: { close(): Promise<void> }[] = [];

  private constructor(
    database: TestDatabase,
    /** A connection of whoever owns the tables. */
    readonly owner: pg.Client,
  ) {
    this.#database = database;
  }

  static async create(): Promise<TroubledLog> {
    const database = await createTestDatabase(eventLogMigrations);
    const owner = new pg.Client({ connectionString: database.url });
    await owner.connect();
    return new TroubledLog(database, owner);
  }

  get url(): string {
    return this.#database.url;
  }

  async close(): Promise<void> {
    await Promise.all(this.#open.map((one) => one.close()));
    await this.owner.end();
    await this.#database.drop();
  }

  /** With a patience that no machine uses up: the specs of what is away set their own. */
  openLog(options: Partial<PostgresEventLogOptions> = {}): PostgresEventLog {
    const common = { url: this.url, applicationName: 'tests', role: serviceRole, patienceMilliseconds: 60_000 };
    const log = new PostgresEventLog({ ...common, ...options });
    this.#open.push(log);
    return log;
  }

  async openProxy(options: Partial<PostgresEventLogOptions> = {}) {
    const { proxy, url } = await CuttingProxy.before(this.url);
    this.#open.unshift({ close: async () => proxy.close() });
    return { proxy, log: this.openLog({ ...options, url }) };
  }

  /** Another connection of the owner. */
  async connect(): Promise<pg.Client> {
    const client = new pg.Client({ connectionString: this.url });
    await client.connect();
    this.#open.push({ close: () => client.end() });
    return client;
  }

  /** Appends within a transaction that somebody else ends. */
  async appendUnfinished(client: pg.Client, unit: Unit): Promise<void> {
    const { rows } = await this.owner.query<{ id: string }>(loadSql('read-log-id'));
    const parameters = appendParameters([prepareUnit(unit, encodePayload)]);
    await client.query(loadSql('append-units'), [...parameters, rows[0]?.id]);
  }

  /** How many appends wait for another one to commit. */
  async waitingForLock(): Promise<number> {
    const { rows } = await this.owner.query<{ count: string }>(
      "select count(*)::text as count from pg_locks where locktype = 'advisory' and not granted and database = (select oid from pg_database where datname = current_database())",
    );
    return Number(rows[0]?.count);
  }
}

/** What a follower sees, as it comes. */
export function follow(log: EventLog, pollMilliseconds = 60_000) {
  const stop = new AbortController();
  const positions: number[] = [];
  const ended = (async () => {
    for await (const page of log.follow({ signal: stop.signal, pollMilliseconds })) {
      positions.push(...page.events.map((event) => event.position));
    }
  })();
  const end = async () => {
    stop.abort();
    await ended;
  };
  return { positions, stop: end, ended };
}
