import { setTimeout as sleep } from 'node:timers/promises';
import type { AppendOutcome, OrganizationId, Position, RecordedEvent, Unit } from '@lead-rotator/event-sourcing';
import type { ContactId } from '@lead-rotator/lead-events';
import { AppendQueue } from './append/append-queue.ts';
import { prepareUnit } from './append/prepared-unit.ts';
import { withoutRepetitions } from './append/repeated-units.ts';
import type { ContactDirectory, ContactIdentifier } from './contacts/contact-directory.ts';
import { Sealing, sealedFieldByContract } from './contacts/sealing.ts';
import { LogUnavailable } from './errors.ts';
import type {
  EventLog,
  FollowSelection,
  LogId,
  PlacePage,
  ReadPage,
  ReadSelection,
  TagSelection,
} from './event-log.ts';
import { faultOf } from './fault.ts';
import { followLog, type Waker } from './follow-log.ts';
import type { InMemoryEventLog } from './in-memory-event-log.ts';
import type { Wire } from './wire.ts';

/**
 * A log in memory as a process sees it that reaches it over a wire: group commit, repetition after a lost answer and
 * following are those of the log on PostgreSQL, and only what that one leaves to the database is played.
 */
export class RemoteEventLog implements EventLog {
  readonly contacts: ContactDirectory;
  readonly #sealing: Sealing;
  readonly #queue: AppendQueue;

  readonly #waker: Waker = {
    connections: 1,
    after: async (position, milliseconds, signal) => {
      const over = new AbortController();
      const either = AbortSignal.any([signal, over.signal]);
      const appended = this.wire.call(async () => {
        if ((await this.server.head()) <= position) await this.server.nextAppend(either);
      });
      // A lost notification costs the wait.
      const woken = appended.catch(() => sleep(milliseconds, undefined, { signal: either }).catch(() => {}));
      await Promise.race([woken, sleep(milliseconds, undefined, { signal: either }).catch(() => {})]);
      over.abort('woken');
    },
  };

  constructor(
    private readonly server: InMemoryEventLog,
    private readonly wire: Wire,
  ) {
    this.contacts = new RemoteContacts(server.contacts, (work) => this.#ask(work));
    this.#sealing = new Sealing(server.contacts, sealedFieldByContract);
    this.#queue = new AppendQueue((units) => wire.call(() => server.applyAll(units)));
  }

  id(): Promise<LogId> {
    return this.#ask(() => this.server.id());
  }

  restoredUpTo(): Promise<Position> {
    return this.#ask(() => this.server.restoredUpTo());
  }

  async append(unit: Unit): Promise<AppendOutcome> {
    const [outcome] = await this.appendAll([unit]);
    return outcome as AppendOutcome;
  }

  async appendAll(units: readonly Unit[]): Promise<AppendOutcome[]> {
    if (units.length === 0) return [];
    const payloadOf = await this.#sealing.sealerOf(units);
    return withoutRepetitions(units, (once) => this.#queue.add(once.map((unit) => prepareUnit(unit, payloadOf))));
  }

  read(selection?: ReadSelection): Promise<ReadPage> {
    return this.#ask(() => this.server.read(selection));
  }

  readPlaces(selection?: Omit<ReadSelection, 'open'>): Promise<PlacePage> {
    return this.#ask(() => this.server.readPlaces(selection));
  }

  readByTags(selection: TagSelection): Promise<RecordedEvent[]> {
    return this.#ask(() => this.server.readByTags(selection));
  }

  head(): Promise<Position> {
    return this.#ask(() => this.server.head());
  }

  follow(selection: FollowSelection): AsyncGenerator<ReadPage> {
    return followLog(this, this.#waker, selection);
  }

  close(): Promise<void> {
    return this.#queue.drain();
  }

  async #ask<Answer>(work: () => Answer | Promise<Answer>): Promise<Answer> {
    try {
      return await this.wire.call(work);
    } catch (error) {
      if (faultOf(error) !== 'unavailable') throw error;
      throw new LogUnavailable(`the log does not answer: ${String(error)}`, { cause: error });
    }
  }
}

class RemoteContacts implements ContactDirectory {
  constructor(
    private readonly contacts: ContactDirectory,
    private readonly ask: <Answer>(work: () => Promise<Answer>) => Promise<Answer>,
  ) {}

  resolve(organizationId: OrganizationId, leads: readonly (readonly ContactIdentifier[])[]): Promise<ContactId[][]> {
    return this.ask(() => this.contacts.resolve(organizationId, leads));
  }

  find(organizationId: OrganizationId, identifier: ContactIdentifier): Promise<ContactId | undefined> {
    return this.ask(() => this.contacts.find(organizationId, identifier));
  }

  forget(contactId: ContactId): Promise<void> {
    return this.ask(() => this.contacts.forget(contactId));
  }
}
