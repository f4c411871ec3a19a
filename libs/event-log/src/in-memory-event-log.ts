import { randomUUID } from 'node:crypto';
import type { Appended, AppendOutcome, Position, RecordedEvent, Refused, Unit } from '@lead-rotator/event-sourcing';
import { type PreparedUnit, prepareUnit } from './append/prepared-unit.ts';
import { withoutRepetitions } from './append/repeated-units.ts';
import { contactIdMadeAt } from './contacts/contact-id.ts';
import { InMemoryContacts } from './contacts/in-memory-contacts.ts';
import { type SealedFieldOf, Sealing, sealedFieldByContract } from './contacts/sealing.ts';
import { LogReplaced } from './errors.ts';
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
import { decodeEvent, type EventRow } from './stored-payload.ts';
import { hashTag, type TagHash } from './tag-hash.ts';

/** The log of tests and simulations: same answers as the one on PostgreSQL, gone with the process. */
export class InMemoryEventLog implements EventLog {
  readonly #events: EventRow[] = [];
  readonly #positionsByTag = new Map<TagHash, Position[]>();
  readonly #units = new Map<string, Appended>();
  readonly #sleepers = new Set<() => void>();

  readonly #sealing: Sealing;

  constructor(
    private readonly logId: LogId = randomUUID(),
    sealedField: SealedFieldOf = sealedFieldByContract,
    readonly contacts = new InMemoryContacts(() => contactIdMadeAt(this.#events.length, randomUUID())),
  ) {
    this.#sealing = new Sealing(contacts, sealedField);
  }

  /** Nothing outlives it: it is never restored. */
  async restoredUpTo(): Promise<Position> {
    return 0;
  }

  async id(): Promise<LogId> {
    return this.logId;
  }

  async append(unit: Unit): Promise<AppendOutcome> {
    const payloadOf = await this.#sealing.sealerOf([unit]);
    return this.#apply(prepareUnit(unit, payloadOf));
  }

  async appendAll(units: readonly Unit[]): Promise<AppendOutcome[]> {
    const payloadOf = await this.#sealing.sealerOf(units);
    return withoutRepetitions(units, async (once) => this.applyAll(once.map((unit) => prepareUnit(unit, payloadOf))));
  }

  /** What a call to the log does: each unit in turn, and no id twice. */
  applyAll(units: readonly PreparedUnit[]): AppendOutcome[] {
    return units.map((unit) => this.#apply(unit));
  }

  async read(selection: ReadSelection = {}): Promise<ReadPage> {
    const { after = 0, until = Number.MAX_SAFE_INTEGER, limit = 1_000 } = selection;
    const head = this.#events.length;
    const events: RecordedEvent[] = [];
    let readTo = after;
    for (; readTo < Math.min(until, head) && events.length < limit; readTo += 1) {
      const row = this.#events[readTo] as EventRow;
      const [, , , organizationId, type] = row;
      if (fitsSelection(selection, { type, organizationId })) events.push(decodeEvent(row));
    }
    return { events: await this.#sealing.reveal(events, selection.open ?? false), readTo, head };
  }

  async readPlaces(selection: Omit<ReadSelection, 'open'> = {}): Promise<PlacePage> {
    const { events, ...page } = await this.read(selection);
    return { ...page, places: events.map(({ position, at }) => ({ position, at })) };
  }

  async readByTags(selection: TagSelection): Promise<RecordedEvent[]> {
    const { organizationId, tags, after = 0, until = Number.MAX_SAFE_INTEGER, types } = selection;
    const positions = new Set(tags.flatMap((tag) => this.#positionsByTag.get(hashTag(organizationId, tag)) ?? []));
    const events = [...positions]
      .filter((position) => position > after && position <= until)
      .sort((a, b) => a - b)
      .map((position) => this.#events[position - 1] as EventRow)
      .filter(([, , , , type]) => types === undefined || types.includes(type))
      .map(decodeEvent);
    return this.#sealing.reveal(events, selection.open ?? false);
  }

  async head(): Promise<Position> {
    return this.#events.length;
  }

  async *follow({ signal, ...selection }: FollowSelection): AsyncGenerator<ReadPage> {
    const { until = Number.MAX_SAFE_INTEGER } = selection;
    let after = selection.after ?? 0;
    while (!signal.aborted && after < until) {
      const page = await this.read({ ...selection, after });
      if (page.head < after) throw new LogReplaced(`${this.logId} at ${after}`, `${this.logId} at ${page.head}`);
      if (page.readTo > after) {
        after = page.readTo;
        yield page;
      } else if (after === this.#events.length) {
        await this.nextAppend(signal);
      }
    }
  }

  async close(): Promise<void> {
    this.#wakeAll();
  }

  #apply({ unit, key, events, guards }: PreparedUnit): AppendOutcome {
    const repeated = this.#units.get(key);
    if (repeated !== undefined) return { ...repeated, repeated: true };
    const refused = this.#refusal(unit, guards);
    if (refused !== undefined) return refused;
    const first = this.#events.length + 1;
    for (const { at, version, organization, type, payload, tags } of events) {
      const position = this.#events.length + 1;
      this.#events.push([position, at, version, organization, type, payload.toString()]);
      for (const tag of tags) {
        const positions = this.#positionsByTag.get(tag);
        if (positions === undefined) this.#positionsByTag.set(tag, [position]);
        else positions.push(position);
      }
    }
    const appended: Appended = { status: 'appended', first, last: this.#events.length, repeated: false };
    this.#units.set(key, appended);
    this.#wakeAll();
    return appended;
  }

  #refusal(unit: Unit, guards: readonly TagHash[]): Refused | undefined {
    for (const [index, { tag, after }] of unit.guards.entries()) {
      const movedTo = this.#positionsByTag.get(guards[index] ?? '')?.at(-1);
      if (movedTo !== undefined && movedTo > after) return { status: 'refused', tag, readAt: after, movedTo };
    }
    return undefined;
  }

  /** Resolves with the next append, or when the signal is aborted. */
  nextAppend(signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      if (signal.aborted) return resolve();
      const wake = () => {
        signal.removeEventListener('abort', wake);
        this.#sleepers.delete(wake);
        resolve();
      };
      signal.addEventListener('abort', wake);
      this.#sleepers.add(wake);
    });
  }

  #wakeAll(): void {
    for (const wake of [...this.#sleepers]) wake();
  }
}
