import { type EventLog, LogReplaced, type ReadPage } from '@lead-rotator/event-log';
import type { EpochMilliseconds, OrganizationId, Position, RecordedEvent } from '@lead-rotator/event-sourcing';
import type { Snapshots } from './snapshots/snapshots.ts';

/** How a state comes about from events. `evolve` may change the state it is given. */
export interface ProjectionDefinition<State> {
  initialState(organizationId: OrganizationId): State;
  /** @throws when it does not know the event: the projection then stalls at it, rather than decide on half the truth. */
  evolve(state: State, event: RecordedEvent): State;
  /** Types that never change the state; everything else is read, so that an unknown type is noticed. */
  readonly exceptTypes: readonly string[];
  /** Where snapshots are kept: a state as plain data, and a state of it, at a position of the log. */
  readonly snapshot?: {
    take(state: State): unknown;
    restore(taken: unknown): State;
  };
}

const pageSize = 5_000;

/** A state per organization, kept in memory and brought up to the head of the log on demand. */
export class Projection<State> {
  readonly #log: Pick<EventLog, 'id' | 'read'>;
  readonly #definition: ProjectionDefinition<State>;
  readonly #states = new Map<OrganizationId, State>();
  #logId: string | undefined;
  /** Since it was last asked for its id, the log was not away: nobody can have put another one in its place. */
  #isSameLog = false;
  #position: Position = 0;
  #newestAt: EpochMilliseconds = 0;
  #fault: Error | undefined;
  #reading: Promise<void> | undefined;
  /** For who has come while one was under way. */
  #nextReading: Promise<void> | undefined;
  readonly #snapshots: Snapshots | undefined;
  #hasBegun = false;
  /** Position of the newest snapshot that this copy knows of. */
  #kept: Position = 0;

  /** `snapshots`: where it begins with what is kept there, and reads the log from there on. */
  constructor(log: Pick<EventLog, 'id' | 'read'>, definition: ProjectionDefinition<State>, snapshots?: Snapshots) {
    this.#log = log;
    this.#definition = definition;
    this.#snapshots = snapshots;
  }

  /** Everything up to here is in the states. */
  get position(): Position {
    return this.#position;
  }

  /** Time of the newest event taken in: a decision is never dated before it. */
  get newestAt(): EpochMilliseconds {
    return this.#newestAt;
  }

  /** What it stands still at, if it does: readiness says so, and decisions are left to newer copies. */
  get fault(): Error | undefined {
    return this.#fault;
  }

  organizations(): IterableIterator<OrganizationId> {
    return this.#states.keys();
  }

  stateOf(organizationId: OrganizationId): State {
    let state = this.#states.get(organizationId);
    if (state === undefined) {
      state = this.#definition.initialState(organizationId);
      this.#states.set(organizationId, state);
    }
    return state;
  }

  /**
   * Takes in what stands in the log when it is called, and at least up to `atLeast`. Calls that come in while it is
   * being read share the next reading: the one under way may have been answered before the last event was appended.
   * @throws the fault it stalls at, LogReplaced, or what the log throws.
   */
  async catchUp(atLeast: Position = 0): Promise<Position> {
    do {
      await this.#readFromNow();
    } while (this.#position < atLeast);
    return this.#position;
  }

  /** From its beginning, without any snapshot, to this position and no further: to be called before anything else is. */
  async replayTo(until: Position, onProgress?: (position: Position) => void): Promise<void> {
    await this.#requireSameLog();
    this.#hasBegun = true;
    while (this.#position < until) {
      const page = await this.#read(this.#position, until);
      if (page.readTo <= this.#position) this.#standStill(`${this.#logId} at ${page.head}`);
      for (const event of page.events) this.#take(event);
      this.#position = page.readTo;
      onProgress?.(this.#position);
    }
  }

  /**
   * Keeps a snapshot if the newest one is at least so many positions behind.
   * @returns whether it did. @throws what the place of the snapshots throws.
   */
  async keepSnapshot(stride: number): Promise<boolean> {
    const { snapshot } = this.#definition;
    if (this.#snapshots === undefined || snapshot === undefined || this.#logId === undefined) return false;
    if (this.#fault !== undefined || this.#position - this.#kept < stride) return false;
    const position = this.#position;
    // At once, as one look: what is read meanwhile is not in it.
    const states = new Map(Array.from(this.#states, ([id, state]) => [id, snapshot.take(state)]));
    await this.#snapshots.save(this.#logId, { position, newestAt: this.#newestAt, states });
    this.#kept = position;
    return true;
  }

  async #begin(logId: string): Promise<void> {
    const kept = await this.#snapshots?.load(logId);
    const { snapshot } = this.#definition;
    this.#hasBegun = true;
    if (kept === undefined || snapshot === undefined) return;
    for (const [id, taken] of kept.states) this.#states.set(id, snapshot.restore(taken));
    this.#position = kept.position;
    this.#newestAt = kept.newestAt;
    this.#kept = kept.position;
  }

  /** A reading that begins after this call. */
  #readFromNow(): Promise<void> {
    if (this.#reading !== undefined) {
      this.#nextReading ??= this.#reading
        .catch(() => {})
        .then(() => {
          this.#nextReading = undefined;
          return this.#readFromNow();
        });
      return this.#nextReading;
    }
    this.#reading = this.#readToHead().finally(() => {
      this.#reading = undefined;
    });
    return this.#reading;
  }

  async #readToHead(): Promise<void> {
    if (this.#fault !== undefined) throw this.#fault;
    if (!this.#isSameLog) await this.#requireSameLog();
    if (!this.#hasBegun) await this.#begin(this.#logId as string);
    let next: Promise<ReadPage> | undefined = this.#read(this.#position);
    while (next !== undefined) {
      const page: ReadPage = await next;
      if (page.head < this.#position) this.#standStill(`${this.#logId} at ${page.head}`);
      // The database looks for the next page while this one is taken in.
      next = page.readTo < page.head ? this.#read(page.readTo) : undefined;
      next?.catch(() => {});
      for (const event of page.events) this.#take(event);
      this.#position = page.readTo;
    }
  }

  #read(after: Position, until = Number.MAX_SAFE_INTEGER): Promise<ReadPage> {
    const page = this.#log.read({ after, until, limit: pageSize, exceptTypes: this.#definition.exceptTypes });
    page.catch(() => {
      this.#isSameLog = false;
    });
    return page;
  }

  #take(event: RecordedEvent): void {
    try {
      this.#states.set(event.organizationId, this.#definition.evolve(this.stateOf(event.organizationId), event));
    } catch (cause) {
      this.#position = event.position - 1;
      this.#fault = new Error(`stalled before position ${event.position} (${event.type} v${event.version})`, { cause });
      throw this.#fault;
    }
    this.#position = event.position;
    if (event.at > this.#newestAt) this.#newestAt = event.at;
  }

  async #requireSameLog(): Promise<void> {
    const id = await this.#log.id();
    this.#logId ??= id;
    if (id !== this.#logId) this.#standStill(id);
    this.#isSameLog = true;
  }

  /** The states are of a log that is gone, and nothing can bring them up to the one that is there: a restart can. */
  #standStill(found: string): never {
    this.#fault = new LogReplaced(`${this.#logId} at ${this.#position}`, found);
    throw this.#fault;
  }
}
