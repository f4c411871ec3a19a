import { setTimeout as sleep } from 'node:timers/promises';
import type { AppendOutcome, Position, RecordedEvent, Unit } from '@lead-rotator/event-sourcing';
import { connectionSettings, createPool } from '@lead-rotator/postgres';
import type pg from 'pg';
import { type AppendRow, appendOutcomes, appendParameters } from './append-call.ts';
import { AppendQueue, type AppendQueueSettings } from './append-queue.ts';
import { LogReplaced, LogUnavailable } from './errors.ts';
import type { EventLog, FollowSelection, LogId, ReadPage, ReadSelection, TagSelection } from './event-log.ts';
import { faultOf } from './fault.ts';
import { loadSql } from './load-sql.ts';
import { prepareUnit } from './prepared-unit.ts';
import { withoutRepetitions } from './repeated-units.ts';
import { decodeEvent, type EventRow, encodePayload } from './stored-payload.ts';
import { hashTag, tagHashToBigint } from './tag-hash.ts';
import { WakeUp } from './wake-up.ts';

export interface PostgresEventLogOptions {
  readonly url: string;
  /** Shown in `pg_stat_activity`. */
  readonly applicationName: string;
  /** The role to work under; none: that of the login. */
  readonly role?: string;
  readonly queue?: AppendQueueSettings;
}

/** With a type wanted that is rare, one read looks through at most so many positions: 15 ms. */
const positionsPerRead = 50_000;

/** Plans are made once and go by index, whatever the tables looked like then. */
const planSettings = {
  plan_cache_mode: 'force_generic_plan',
  enable_seqscan: 'off',
  enable_hashjoin: 'off',
  enable_mergejoin: 'off',
};

const statements = {
  append: loadSql('append-units'),
  read: loadSql('read-events'),
  readByTags: loadSql('read-events-by-tags'),
  head: loadSql('read-head'),
  id: loadSql('read-log-id'),
};

/** The log on PostgreSQL; its tables are made by `eventLogMigrations`. */
export class PostgresEventLog implements EventLog {
  private readonly pool: pg.Pool;
  private readonly wakeUp: WakeUp;
  private readonly queue: AppendQueue;

  constructor(options: PostgresEventLogOptions) {
    const settings = connectionSettings(options);
    this.pool = createPool({ ...options, settings: planSettings });
    this.wakeUp = new WakeUp(settings);
    this.queue = new AppendQueue(async (units) => {
      const rows = await this.query<AppendRow>('append', appendParameters(units));
      return appendOutcomes(units, rows);
    }, options.queue);
  }

  async id(): Promise<LogId> {
    const [row] = await this.available(() => this.query<{ id: LogId }>('id', []));
    if (row === undefined) throw new Error('the log has no id: log_identity is empty');
    return row.id;
  }

  async append(unit: Unit): Promise<AppendOutcome> {
    const [outcome] = await this.queue.add([prepareUnit(unit, encodePayload)]);
    if (outcome === undefined) throw new Error(`no outcome for unit ${unit.id}`);
    return outcome;
  }

  async appendAll(units: readonly Unit[]): Promise<AppendOutcome[]> {
    if (units.length === 0) return [];
    return withoutRepetitions(units, (once) => this.queue.add(once.map((unit) => prepareUnit(unit, encodePayload))));
  }

  async read(selection: ReadSelection = {}): Promise<ReadPage> {
    const { after = 0, until = Number.MAX_SAFE_INTEGER, limit = 1_000, types, exceptTypes, organizationId } = selection;
    const filtered = types !== undefined || exceptTypes !== undefined || organizationId !== undefined;
    const end = Math.min(until, after + (filtered ? Math.max(limit, positionsPerRead) : limit));
    const parameters = [after, end, types ?? null, exceptTypes ?? null, organizationId ?? null, limit];
    const rows = await this.available(() => this.queryRows<ReadRow>('read', parameters));
    const head = rows[0]?.[0] ?? 0;
    const events = rows.filter(hasEvent).map(([, ...row]) => decodeEvent(row));
    const last = events.at(-1);
    const readTo = last !== undefined && events.length === limit ? last.position : Math.max(after, Math.min(end, head));
    return { events, readTo, head };
  }

  async readByTags(selection: TagSelection): Promise<RecordedEvent[]> {
    const { organizationId, tags, until = Number.MAX_SAFE_INTEGER, types } = selection;
    const hashes = tags.map((tag) => tagHashToBigint(hashTag(organizationId, tag)));
    const rows = await this.available(() => this.queryRows<EventRow>('readByTags', [hashes, until, types ?? null]));
    return rows.map(decodeEvent);
  }

  async head(): Promise<Position> {
    const [row] = await this.available(() => this.query<{ head: Position }>('head', []));
    return row?.head ?? 0;
  }

  async *follow({ signal, pollMilliseconds = 1_000, ...selection }: FollowSelection): AsyncGenerator<ReadPage> {
    const { until = Number.MAX_SAFE_INTEGER } = selection;
    let after = selection.after ?? 0;
    let id: LogId | undefined;
    while (!signal.aborted && after < until) {
      let page: ReadPage;
      try {
        if (id === undefined) id = await this.id();
        page = await this.read({ ...selection, after });
      } catch (error) {
        if (!(error instanceof LogUnavailable)) throw error;
        await sleep(pollMilliseconds, undefined, { signal }).catch(() => {});
        continue;
      }
      if (page.head < after) throw new LogReplaced(`${id} at ${after}`, `${await this.id()} at ${page.head}`);
      if (page.readTo > after) {
        after = page.readTo;
        yield page;
      }
      if (after >= page.head) await this.wakeUp.after(after, pollMilliseconds, signal);
    }
  }

  /** Waits for the appends under way, and lets the connections go. */
  async close(): Promise<void> {
    await this.queue.drain();
    await this.wakeUp.close();
    await this.pool.end();
  }

  private async query<Row extends pg.QueryResultRow>(name: keyof typeof statements, values: unknown[]): Promise<Row[]> {
    const { rows } = await this.pool.query<Row>({ name, text: statements[name], values });
    return rows;
  }

  private async queryRows<Row extends unknown[]>(name: keyof typeof statements, values: unknown[]): Promise<Row[]> {
    const { rows } = await this.pool.query<Row>({ name, text: statements[name], values, rowMode: 'array' });
    return rows;
  }

  private async available<Result>(work: () => Promise<Result>): Promise<Result> {
    try {
      return await work();
    } catch (error) {
      if (faultOf(error) !== 'unavailable') throw error;
      throw new LogUnavailable(`the log does not answer: ${String(error)}`, { cause: error });
    }
  }
}

type EventWithHead = [head: Position, ...event: EventRow];
type ReadRow = EventWithHead | [head: Position, position: null, ...nothing: null[]];

function hasEvent(row: ReadRow): row is EventWithHead {
  return row[1] !== null;
}
