import type { AppendOutcome, NewEvent, Position, RecordedEvent, Unit } from '@lead-rotator/event-sourcing';
import { connectionSettings, createPool } from '@lead-rotator/postgres';
import type pg from 'pg';
import { type AppendRow, appendOutcomes, appendParameters } from './append/append-call.ts';
import { AppendQueue, callsUnderWay, defaultPatienceMilliseconds } from './append/append-queue.ts';
import { prepareUnit } from './append/prepared-unit.ts';
import { withoutRepetitions } from './append/repeated-units.ts';
import { PostgresContacts } from './contacts/postgres-contacts.ts';
import { type SealedFieldOf, Sealing, sealedFieldByContract } from './contacts/sealing.ts';
import { Database } from './database.ts';
import { LogReplaced, LogUnavailable } from './errors.ts';
import type {
  EventLog,
  FollowSelection,
  LogId,
  PlacePage,
  ReadPage,
  ReadSelection,
  TagSelection,
} from './event-log.ts';
import { fitsSelection } from './fits-selection.ts';
import { followLog } from './follow-log.ts';
import { LogListener } from './log-listener.ts';
import { gapsBetween, OwnEvents } from './own-events.ts';
import { decodeEvent, type EventRow } from './stored-payload.ts';
import { hashTag, tagHashToBigint } from './tag-hash.ts';

export interface PostgresEventLogOptions {
  readonly url: string;
  /** Shown in `pg_stat_activity`. */
  readonly applicationName: string;
  /** The role to work under; none: that of the login. */
  readonly role?: string;
  /** How long an append is tried again while the log does not answer; default 5,000. */
  readonly patienceMilliseconds?: number;
  /** What is personal in which event; default: what the contract says. */
  readonly sealedField?: SealedFieldOf;
}

/** With a type wanted that is rare, one read looks through at most so many positions: 15 ms. */
const positionsPerRead = 50_000;

/** Plans are made once and go by index, whatever the tables looked like then. */
const planSettings = {
  plan_cache_mode: 'force_generic_plan',
  enable_seqscan: 'off',
  enable_hashjoin: 'off',
  enable_mergejoin: 'off',
  enable_bitmapscan: 'off',
};

/** The log on PostgreSQL; its tables are made by `eventLogMigrations`. */
export class PostgresEventLog implements EventLog {
  /** Who is who, beside the log. */
  readonly contacts: PostgresContacts;
  readonly #pool: pg.Pool;
  /** Of its own: an append does not wait until a long read gives a connection back. */
  readonly #appendPool: pg.Pool;
  readonly #database: Database;
  readonly #sealing: Sealing;
  readonly #listener: LogListener;
  readonly #queue: AppendQueue;
  readonly #own = new OwnEvents();
  /** The log that this process has found first: it appends to no other. */
  #began: LogId | undefined;

  constructor(options: PostgresEventLogOptions) {
    this.#pool = createPool({ ...options, settings: planSettings });
    const forgetOwn = () => this.#own.clear();
    this.#database = new Database(this.#pool, forgetOwn);
    this.contacts = new PostgresContacts(this.#database);
    this.#sealing = new Sealing(this.contacts, options.sealedField ?? sealedFieldByContract);
    this.#listener = new LogListener(connectionSettings(options), (contactId) => this.contacts.drop(contactId));
    const patience = options.patienceMilliseconds ?? defaultPatienceMilliseconds;
    const applicationName = `${options.applicationName} append`;
    this.#appendPool = createPool({ ...options, applicationName, settings: planSettings, max: callsUnderWay });
    const appends = new Database(this.#appendPool, forgetOwn);
    this.#queue = new AppendQueue(async (units) => {
      const began = this.#began ?? this.#foundFirst(await readId(appends, patience));
      const rows = await appends.query<AppendRow>('append-units', [...appendParameters(units), began], patience);
      if (rows.length === 0) throw new LogReplaced(began, await readId(appends, patience));
      return appendOutcomes(units, rows);
    }, patience);
  }

  async id(): Promise<LogId> {
    const id = await readId(this.#database);
    this.#foundFirst(id);
    return id;
  }

  async restoredUpTo(): Promise<Position> {
    const [row] = await this.#database.query<{ since: Position }>('read-restored-up-to', []);
    return row?.since ?? 0;
  }

  /** Of several that look at once, the first to be answered has found it. */
  #foundFirst(id: LogId): LogId {
    this.#began ??= id;
    return this.#began;
  }

  /** @throws LogReplaced when it is not the log that this process has found first any more; LogUnavailable. */
  async requireSame(): Promise<void> {
    const found = await readId(this.#database);
    const began = this.#foundFirst(found);
    if (found !== began) throw new LogReplaced(began, found);
  }

  async append(unit: Unit): Promise<AppendOutcome> {
    const [outcome] = await this.appendAll([unit]);
    if (outcome === undefined) throw new Error(`no outcome for unit ${unit.id}`);
    return outcome;
  }

  async appendAll(units: readonly Unit[]): Promise<AppendOutcome[]> {
    if (units.length === 0) return [];
    const payloadOf = await this.#sealing.sealerOf(units);
    return withoutRepetitions(units, async (once) => {
      const outcomes = await this.#queue.add(once.map((unit) => prepareUnit(unit, payloadOf)));
      for (const [index, outcome] of outcomes.entries()) this.#remember((once[index] as Unit).events, outcome);
      return outcomes;
    });
  }

  /** Not what is sealed: it is given back in another form than it was made in. */
  #remember(events: readonly NewEvent[], outcome: AppendOutcome): void {
    if (outcome.status !== 'appended' || outcome.repeated) return;
    if (!events.some((event) => this.#sealing.isPersonal(event))) this.#own.add(events, outcome.first);
  }

  async read(selection: ReadSelection = {}): Promise<ReadPage> {
    const { after = 0, limit = 1_000, open = false } = selection;
    const own = this.#own.between(after, endOf(selection));
    const { rows, head, readTo } = await this.#readRows(selection, { known: own, payloads: true });
    const events = await this.#sealing.reveal(rows.map(decodeEvent), open);
    if (own.length === 0) return { events, readTo, head };
    const wanted = own.filter((event) => event.position <= readTo && fitsSelection(selection, event));
    const all = [...events, ...wanted].sort((one, other) => one.position - other.position);
    return { events: all.slice(0, limit), readTo: all[limit - 1]?.position ?? readTo, head };
  }

  async readPlaces(selection: Omit<ReadSelection, 'open'> = {}): Promise<PlacePage> {
    const { rows, ...page } = await this.#readRows(selection, { known: [], payloads: false });
    return { ...page, places: rows.map(([position, at]) => ({ position, at })) };
  }

  /** The rows that are wanted, but for those of events that are `known`, and how far was looked for them. */
  async #readRows(
    selection: ReadSelection,
    { known, payloads }: { readonly known: readonly RecordedEvent[]; readonly payloads: boolean },
  ): Promise<Omit<ReadPage, 'events'> & { rows: EventRow[] }> {
    const { after = 0, limit = 1_000, types = null, exceptTypes = null, organizationId = null } = selection;
    const end = endOf(selection);
    const gaps = gapsBetween(after, end, known);
    const parameters = [after, end, gaps.after, gaps.until, types, exceptTypes, organizationId, limit, payloads];
    const found = await this.#database.queryRows<ReadRow>('read-events', parameters);
    const head = found[0]?.[0] ?? 0;
    const rows = found.filter(hasEvent).map(([, ...row]) => row);
    const last = rows.at(-1)?.[0];
    const readTo = last !== undefined && rows.length === limit ? last : Math.max(after, Math.min(end, head));
    return { rows, readTo, head };
  }

  async readByTags(selection: TagSelection): Promise<RecordedEvent[]> {
    const { organizationId, tags, after = 0, until = Number.MAX_SAFE_INTEGER, types, known = [] } = selection;
    const hashes = tags.map((tag) => tagHashToBigint(hashTag(organizationId, tag)));
    if (known.length > 0) return this.#readAround(known, [hashes, after, until], selection);
    const rows = await this.#database.queryRows<EventRow>('read-events-by-tags', [hashes, after, until, types ?? null]);
    return this.#sealing.reveal(rows.map(decodeEvent), selection.open ?? false);
  }

  /** As a rule everything that carries the tags is known: then no event is read, which halves the costs. */
  async #readAround(
    known: readonly RecordedEvent[],
    place: readonly [hashes: readonly string[], after: Position, until: Position],
    { types, open = false }: TagSelection,
  ): Promise<RecordedEvent[]> {
    const byPosition = new Map(known.map((event) => [event.position, event]));
    const rows = await this.#database.queryRows<[Position]>('read-positions-by-tags', [...place]);
    const positions = [...new Set(rows.map(([position]) => position))].sort((one, other) => one - other);
    const unknown = positions.filter((position) => !byPosition.has(position));
    if (unknown.length > 0) {
      const missing = await this.#database.queryRows<EventRow>('read-events-at', [unknown, types ?? null]);
      const read = await this.#sealing.reveal(missing.map(decodeEvent), open);
      for (const event of read) byPosition.set(event.position, event);
    }
    const found = positions.flatMap((position) => byPosition.get(position) ?? []);
    return types === undefined ? found : found.filter(({ type }) => types.includes(type));
  }

  async head(): Promise<Position> {
    const [row] = await this.#database.query<{ head: Position }>('read-head', []);
    return row?.head ?? 0;
  }

  follow(selection: FollowSelection): AsyncGenerator<ReadPage> {
    return followLog(this, this.#listener, selection);
  }

  /** Waits for the appends under way, and lets the connections go. */
  async close(): Promise<void> {
    await this.#queue.drain();
    await this.#listener.close();
    await Promise.all([this.#pool.end(), this.#appendPool.end()]);
  }
}

/** Up to where one read looks. */
function endOf({ after = 0, until = Number.MAX_SAFE_INTEGER, limit = 1_000, ...selection }: ReadSelection): Position {
  const { types, exceptTypes, organizationId } = selection;
  const filtered = types !== undefined || exceptTypes !== undefined || organizationId !== undefined;
  return Math.min(until, after + (filtered ? Math.max(limit, positionsPerRead) : limit));
}

type EventWithHead = [head: Position, ...event: EventRow];
type ReadRow = EventWithHead | [head: Position, position: null, ...nothing: null[]];

function hasEvent(row: ReadRow): row is EventWithHead {
  return row[1] !== null;
}

async function readId(database: Database, milliseconds?: number): Promise<LogId> {
  const [row] = await database.query<{ id: LogId }>('read-log-id', [], milliseconds);
  if (row === undefined) throw new LogUnavailable('the log has no id: log_identity is empty');
  return row.id;
}
