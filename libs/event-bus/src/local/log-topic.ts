import type { EventLog } from '@lead-rotator/event-log';
import type { RecordedEvent } from '@lead-rotator/event-sourcing';
import type { KeyOf } from '../cloud-events/message-key.ts';
import type { IncomingMessage } from '../event-bus.ts';
import type { FollowOptions, LocalTopic, MessagePage } from './local-topic.ts';
import { loggedMessage } from './logged-message.ts';

/**
 * The log itself as a topic: no relay, no second copy. The event at position n is the message at offset n − 1, with
 * the same key, headers and value that the relay would give it.
 */
export class LogTopic implements LocalTopic {
  readonly #topic: string;
  readonly #log: EventLog;
  readonly #keyOf: KeyOf | undefined;
  #logId: string | undefined;

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

  async *follow({ from, limit, ignores, signal }: FollowOptions): AsyncGenerator<MessagePage> {
    const selection = { after: Number(from), limit, exceptTypes: ignores, open: true, signal };
    for await (const { events, readTo } of this.#log.follow(selection)) {
      yield { messages: await this.#messages(events), next: BigInt(readTo) };
    }
  }

  async #messages(events: readonly RecordedEvent[]): Promise<IncomingMessage[]> {
    this.#logId ??= await this.#log.id();
    const logId = this.#logId;
    return events.map((event) => loggedMessage(this.#topic, event, logId, this.#keyOf));
  }
}
