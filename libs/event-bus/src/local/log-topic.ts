import type { EventLog } from '@lead-rotator/event-log';
import type { RecordedEvent } from '@lead-rotator/event-sourcing';
import { encodeEvent } from '../cloud-events/encode-event.ts';
import type { KeyOf } from '../cloud-events/message-key.ts';
import type { IncomingMessage } from '../event-bus.ts';
import type { LocalTopic } from './local-topic.ts';

/**
 * The log itself as a topic: no relay, no second copy. The event at position n is the message at offset n − 1, with
 * the same key, headers and value that the relay would give it.
 */
export class LogTopic implements LocalTopic {
  readonly #topic: string;
  readonly #log: EventLog;
  readonly #keyOf: KeyOf | undefined;
  #logId: Promise<string> | undefined;

  constructor(topic: string, log: EventLog, keyOf?: KeyOf) {
    this.#topic = topic;
    this.#log = log;
    this.#keyOf = keyOf;
  }

  async end(): Promise<bigint> {
    return BigInt(await this.#log.head());
  }

  async read(from: bigint, limit: number): Promise<IncomingMessage[]> {
    const { events } = await this.#log.read({ after: Number(from), limit, open: true });
    return this.#messages(events);
  }

  async *follow(from: bigint, limit: number, signal: AbortSignal): AsyncGenerator<IncomingMessage[]> {
    for await (const { events } of this.#log.follow({ after: Number(from), limit, open: true, signal })) {
      if (events.length > 0) yield await this.#messages(events);
    }
  }

  async #messages(events: readonly RecordedEvent[]): Promise<IncomingMessage[]> {
    this.#logId ??= this.#log.id();
    const logId = await this.#logId;
    return events.map((event) => {
      const { key, value, headers } = encodeEvent(event, logId, this.#keyOf);
      return {
        topic: this.#topic,
        partition: 0,
        offset: BigInt(event.position - 1),
        timestamp: event.at,
        key: key === null ? null : Buffer.from(key),
        value,
        headers: Object.fromEntries(Object.entries(headers).map(([name, text]) => [name, Buffer.from(text)])),
      };
    });
  }
}
