import { setTimeout as pause } from 'node:timers/promises';
import { definitionOf, readEvent, UnknownEvent } from '@lead-rotator/lead-events';
import { decodeEvent, eventSource, eventType, UndecodableMessage } from '../cloud-events/decode-event.ts';
import { isLogSource } from '../cloud-events/encode-event.ts';
import { isTransient } from '../dead-letters/is-transient.ts';
import { type PoisonMessage, PoisonMessages } from '../dead-letters/poison-messages.ts';
import type { IncomingMessage, MessageBatch } from '../event-bus.ts';
import type { ReceivedBatch, ReceivedEvent } from './event-batch.ts';

/** A message alone is tried so often before it counts as poison. */
const tries = 3;
const triesApartMilliseconds = 100;

/** A handler of a topic: of some types of events, or of all messages. */
export interface BatchHandler {
  readonly types?: readonly string[];
  /** @throws what the handler throws. */
  handle(batch: ReceivedBatch): Promise<void>;
}

export interface PutAside extends PoisonMessage {
  /** How often it was tried; 0 if it could not even be read. */
  readonly count: number;
}

interface Readable {
  readonly message: IncomingMessage;
  readonly event?: ReceivedEvent;
}

/**
 * Gives a batch of a topic to its handlers, by type, and finds out which messages are at fault when one fails: the
 * failing part is halved until single messages remain. What is away for now (`isTransient`) and events that this copy
 * does not know are nobody's fault: they fail the whole batch, which then comes again.
 */
export class BatchDispatcher {
  readonly #handlers: readonly BatchHandler[];
  readonly #ignored: ReadonlySet<string>;

  constructor(handlers: readonly BatchHandler[], ignored: readonly string[]) {
    this.#handlers = handlers;
    this.#ignored = new Set(ignored);
  }

  /**
   * Resolves with the messages to put aside when all others are handled.
   * @throws UnknownEvent, and whatever `isTransient` says of an error of a handler.
   */
  async dispatch(batch: MessageBatch): Promise<PutAside[]> {
    const aside: PutAside[] = [];
    const ofTypes = this.#handlers.some(({ types }) => types !== undefined);
    const readable = ofTypes ? this.#read(batch.messages, aside) : [];
    for (const handler of this.#handlers) {
      const { types } = handler;
      const taken = types === undefined ? batch.messages.map((message) => ({ message })) : ofType(readable, types);
      if (taken.length > 0) await this.#handle(handler, batch, taken, aside);
    }
    return aside;
  }

  #read(messages: readonly IncomingMessage[], aside: PutAside[]): Readable[] {
    const readable: Readable[] = [];
    for (const message of messages) {
      try {
        const type = eventType(message);
        if (this.#ignored.has(type)) continue;
        if (definitionOf(type) === undefined && isLogSource(eventSource(message))) throw new UnknownEvent(type, 1);
        const event = decodeEvent(message);
        if (!isLogSource(event.source)) throw new UndecodableMessage('ce_source names no log');
        readable.push({ message, event: { ...readEvent(event), source: event.source } });
      } catch (error) {
        if (!(error instanceof UndecodableMessage)) throw error;
        aside.push({ message, reason: error.message, count: 0 });
      }
    }
    return readable;
  }

  async #handle(
    handler: BatchHandler,
    batch: MessageBatch,
    taken: readonly Readable[],
    aside: PutAside[],
  ): Promise<void> {
    for (let count = 1; taken.length > 0; count += 1) {
      const poison: PoisonMessage[] = [];
      try {
        await handler.handle(receivedBatch(batch, taken, poison));
        aside.push(...poison.map((one) => ({ ...one, count })));
        return;
      } catch (error) {
        if (error instanceof PoisonMessages) {
          const named = new Set(error.poison.map(({ message }) => message));
          aside.push(...error.poison.map((one) => ({ ...one, count })));
          const rest = taken.filter(({ message }) => !named.has(message));
          // One that names nothing of what it was given would be called for ever.
          if (rest.length < taken.length) return await this.#handle(handler, batch, rest, aside);
        }
        if (isTransient(error) || error instanceof UnknownEvent || batch.isStale()) throw error;
        if (taken.length > 1) {
          const middle = taken.length >> 1;
          await this.#handle(handler, batch, taken.slice(0, middle), aside);
          return await this.#handle(handler, batch, taken.slice(middle), aside);
        }
        if (count === tries) {
          for (const { message } of taken) aside.push({ message, reason: String(error), count });
          return;
        }
        await pause(triesApartMilliseconds * count);
      }
    }
  }
}

const ofType = (readable: readonly Readable[], types: readonly string[]): Readable[] =>
  readable.filter(({ event }) => event !== undefined && types.includes(event.type));

function receivedBatch(batch: MessageBatch, taken: readonly Readable[], poison: PoisonMessage[]): ReceivedBatch {
  return {
    topic: batch.topic,
    partition: batch.partition,
    messages: taken.map(({ message }) => message),
    events: taken.flatMap(({ event }) => (event === undefined ? [] : [event])),
    isStale: () => batch.isStale(),
    putAside: (message, reason) => {
      poison.push({ message, reason });
    },
  };
}
