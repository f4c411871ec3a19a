import { type EventLog, LogReplaced, type ReadPage } from '@lead-rotator/event-log';
import type { Position } from '@lead-rotator/event-sourcing';
import { UnknownEvent } from '@lead-rotator/lead-events';
import { backOff } from '../backoff.ts';
import { type BusLogger, silentLogger } from '../bus-logger.ts';
import { encodeEvent, logSource } from '../cloud-events/encode-event.ts';
import type { KeyOf } from '../cloud-events/message-key.ts';
import { TopicOfAnotherLog } from '../errors.ts';
import type { EventBus, OutgoingMessage } from '../event-bus.ts';
import type { Lease } from '../lease/lease.ts';
import type { Leases } from '../lease/leases.ts';
import { CursorSaver } from './cursor-saver.ts';
import type { RelayCursors } from './relay-cursors.ts';

/** Faults that no waiting mends. */
const forSomebody = [LogReplaced, TopicOfAnotherLog, UnknownEvent];

/** One send takes what has gathered, up to so many events. */
const eventsPerSend = 2_000;

export interface RelaySettings {
  readonly log: Pick<EventLog, 'id' | 'head' | 'follow'>;
  readonly bus: Pick<EventBus, 'publish' | 'readTopic'>;
  /** Where the log is published; it exists. */
  readonly topic: string;
  readonly leases: Pick<Leases, 'withLease'>;
  readonly cursors: Pick<RelayCursors, 'read' | 'save'>;
  readonly logger?: BusLogger;
  /** Default: the contract's. */
  readonly keyOf?: KeyOf;
  /** Called after each send: how many events it has brought to the topic, and up to which position. */
  readonly onPublished?: (events: number, position: Position) => void;
}

/**
 * Publishes the log to a topic, each event in the order of positions, with one send in flight and the same bytes until
 * it is acknowledged. One copy is active at a time, by lease. Whoever takes over begins at the saved cursor, which lags
 * behind what was acknowledged: events may come again, none is left out, and the first time they come is in order.
 */
export class Relay {
  readonly #settings: RelaySettings;
  readonly #logger: BusLogger;
  #active = false;
  /** Up to where it is on the topic, as far as this copy knows; undefined while publishing is not its task. */
  #published: Position | undefined;
  #problem: string | undefined;

  constructor(settings: RelaySettings) {
    this.#settings = settings;
    this.#logger = settings.logger ?? silentLogger;
  }

  /** This copy publishes; another one waits to take over. */
  get active(): boolean {
    return this.#active;
  }

  /** Why nothing is published though this copy is active; undefined when all is well. */
  get problem(): string | undefined {
    return this.#problem;
  }

  /** How many events of the log this copy has still to publish; 0 for one that waits to take over. @throws LogUnavailable */
  async lag(): Promise<number> {
    if (this.#published === undefined) return 0;
    return Math.max(0, (await this.#settings.log.head()) - this.#published);
  }

  /**
   * Publishes until the signal is aborted. Waits and goes on by itself while the log or the bus is down, and after every
   * fault that may pass; another copy may take over meanwhile.
   * @throws LogReplaced or TopicOfAnotherLog when the topic was written from another log: somebody has to decide what
   * becomes of it.
   * @throws UnknownEvent at an event of a newer version of the program, which has to publish it.
   */
  async run(signal: AbortSignal): Promise<void> {
    const { leases, topic } = this.#settings;
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await leases.withLease(`relay ${topic}`, signal, (lease) => this.#relay(lease));
      } catch (error) {
        this.#problem = String(error);
        if (forSomebody.some((kind) => error instanceof kind)) throw error;
        this.#logger.error({ err: error, topic, attempt }, 'the relay has failed and begins again');
        await backOff(attempt, signal);
        // By now another copy may publish, and this one only waits.
        this.#problem = undefined;
      }
    }
  }

  async #relay(lease: Lease): Promise<void> {
    this.#active = true;
    try {
      const start = await this.#start(lease);
      this.#problem = undefined;
      if (start !== undefined) await this.#follow(lease, start.logId, start.position);
      // Not after a fault: what nobody publishes any more counts on.
      this.#published = undefined;
      this.#problem = undefined;
    } finally {
      this.#active = false;
    }
  }

  async #start(lease: Lease): Promise<{ logId: string; position: Position } | undefined> {
    const { log, cursors, topic } = this.#settings;
    for (let attempt = 1; lease.isHeld() && !lease.signal.aborted; attempt += 1) {
      try {
        const [logId, cursor] = await Promise.all([log.id(), cursors.read(topic)]);
        if (cursor !== undefined && cursor.logId !== logId) throw new LogReplaced(cursor.logId, logId);
        if (cursor === undefined) await this.#requireOwnTopic(logSource(logId));
        return { logId, position: cursor?.position ?? 0 };
      } catch (error) {
        if (forSomebody.some((kind) => error instanceof kind)) throw error;
        this.#problem = String(error);
        this.#logger.warn({ err: error, topic }, 'the relay cannot read where it stands');
        await backOff(attempt, lease.signal);
      }
    }
    return undefined;
  }

  /** Before it begins: the database is new, and the topic need not be. */
  async #requireOwnTopic(source: string): Promise<void> {
    const { bus, topic } = this.#settings;
    for await (const { headers } of bus.readTopic(topic)) {
      const itsSource = String(headers.ce_source);
      if (itsSource !== source) throw new TopicOfAnotherLog(topic, itsSource, source);
      return;
    }
  }

  async #follow(lease: Lease, logId: string, position: Position): Promise<void> {
    const { log, topic, cursors, keyOf, onPublished } = this.#settings;
    const save = (reached: Position): Promise<void> => cursors.save(topic, { logId, position: reached });
    const saver = new CursorSaver(save, this.#logger, 200);
    this.#published = position;
    const selection = { after: position, limit: eventsPerSend, open: true, signal: lease.signal };
    try {
      for await (const page of readAhead(log.follow(selection))) {
        const messages = page.events.map((event) => encodeEvent(event, logId, keyOf));
        if (!(await this.#publish(lease, messages))) return;
        this.#published = page.readTo;
        saver.reached(page.readTo);
        onPublished?.(messages.length, page.readTo);
      }
    } finally {
      await saver.close();
    }
  }

  /** False when the lease was lost before it was acknowledged. */
  async #publish(lease: Lease, messages: readonly OutgoingMessage[]): Promise<boolean> {
    const { bus, topic } = this.#settings;
    for (let attempt = 1; lease.isHeld() && !lease.signal.aborted; attempt += 1) {
      try {
        await bus.publish(topic, messages);
        this.#problem = undefined;
        return true;
      } catch (error) {
        // Whatever it is: leaving an event out is not for us to decide.
        this.#problem = String(error);
        this.#logger.warn({ err: error, topic, attempt, events: messages.length }, 'the relay sends again');
        await backOff(attempt, lease.signal);
      }
    }
    return false;
  }
}

/** Reads the next page while the one before it is worked on. */
async function* readAhead(pages: AsyncIterable<ReadPage>): AsyncGenerator<ReadPage> {
  const iterator = pages[Symbol.asyncIterator]();
  let next = iterator.next();
  try {
    for (;;) {
      const { done, value } = await next;
      if (done === true) return;
      next = iterator.next();
      // It is awaited later, or never if the work ends before.
      next.catch(() => undefined);
      yield value;
    }
  } finally {
    void next.then(() => iterator.return?.()).catch(() => undefined);
  }
}
