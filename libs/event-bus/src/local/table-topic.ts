import { backOff } from '../backoff.ts';
import { BusUnavailable } from '../errors.ts';
import type { IncomingMessage } from '../event-bus.ts';
import type { BusDatabase } from './bus-database.ts';
import type { FollowOptions, LocalTopic, MessagePage } from './local-topic.ts';
import type { TopicListener } from './topic-listener.ts';

const pollMilliseconds = 1_000;

interface MessageRow {
  readonly offset: number;
  readonly at: number;
  readonly key: Buffer | null;
  readonly value: Buffer | null;
  /** Base64 of each, since a header may be any bytes; null: it has no value. */
  readonly headers: Readonly<Record<string, string | null>>;
}

/** A topic whose messages lie in a table. */
export class TableTopic implements LocalTopic {
  readonly #topic: string;
  readonly #database: BusDatabase;
  readonly #listener: TopicListener;

  constructor(topic: string, database: BusDatabase, listener: TopicListener) {
    this.#topic = topic;
    this.#database = database;
    this.#listener = listener;
  }

  async end(): Promise<bigint> {
    const [row] = await this.#database.query<{ end: number }>('read-end-offset', [this.#topic]);
    return BigInt(row?.end ?? 0);
  }

  async read(from: bigint, limit: number): Promise<IncomingMessage[]> {
    const rows = await this.#database.query<MessageRow>('read-messages', [this.#topic, from.toString(), limit]);
    return rows.map(({ offset, at, key, value, headers }) => ({
      topic: this.#topic,
      partition: 0,
      offset: BigInt(offset),
      timestamp: at,
      key,
      value,
      headers: Object.fromEntries(Object.entries(headers).map(([name, text]) => [name, bytesOf(text)])),
    }));
  }

  async *follow({ from, limit, signal }: FollowOptions): AsyncGenerator<MessagePage> {
    let next = from;
    for (let failures = 0; !signal.aborted; ) {
      const count = this.#listener.count(this.#topic);
      let messages: IncomingMessage[] = [];
      try {
        messages = await this.read(next, limit);
        failures = 0;
      } catch (error) {
        if (!(error instanceof BusUnavailable)) throw error;
        failures += 1;
        await backOff(failures, signal);
        continue;
      }
      const last = messages.at(-1);
      if (last === undefined) await this.#listener.after(this.#topic, count, pollMilliseconds, signal);
      else {
        next = last.offset + 1n;
        yield { messages, next };
      }
    }
  }
}

const bytesOf = (base64: string | null): Buffer | null => (base64 === null ? null : Buffer.from(base64, 'base64'));
