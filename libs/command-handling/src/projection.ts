import { type EventLog, LogReplaced, type ReadPage } from '@lead-rotator/event-log';
import type { EpochMilliseconds, OrganizationId, Position, RecordedEvent } from '@lead-rotator/event-sourcing';

/** How a state comes about from events. `evolve` may change the state it is given. */
export interface ProjectionDefinition<State> {
  initialState(organizationId: OrganizationId): State;
  /** @throws when it does not know the event: the projection then stalls at it, rather than decide on half the truth. */
  evolve(state: State, event: RecordedEvent): State;
  /** Types that never change the state; everything else is read, so that an unknown type is noticed. */
  readonly exceptTypes: readonly string[];
}

const pageSize = 5_000;

/** A state per organization, kept in memory and brought up to the head of the log on demand. */
export class Projection<State> {
  readonly #log: EventLog;
  readonly #definition: ProjectionDefinition<State>;
  readonly #states = new Map<OrganizationId, State>();
  #logId: string | undefined;
  /** Since it was last asked for its id, the log was not away: nobody can have put another one in its place. */
  #isSameLog = false;
  #position: Position = 0;
  #newestAt: EpochMilliseconds = 0;
  #fault: Error | undefined;
  #catchingUp: Promise<void> | undefined;

  constructor(log: EventLog, definition: ProjectionDefinition<State>) {
    this.#log = log;
    this.#definition = definition;
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
   * Takes in what stands in the log when it is called, and at least up to `atLeast`.
   * Calls that come in meanwhile share one reading.
   * @throws the fault it stalls at, LogReplaced, or what the log throws.
   */
  async catchUp(atLeast: Position = 0): Promise<Position> {
    do {
      this.#catchingUp ??= this.#readToHead().finally(() => {
        this.#catchingUp = undefined;
      });
      await this.#catchingUp;
    } while (this.#position < atLeast);
    return this.#position;
  }

  async #readToHead(): Promise<void> {
    if (this.#fault !== undefined) throw this.#fault;
    if (!this.#isSameLog) await this.#requireSameLog();
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

  #read(after: Position): Promise<ReadPage> {
    const page = this.#log.read({ after, limit: pageSize, exceptTypes: this.#definition.exceptTypes });
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
