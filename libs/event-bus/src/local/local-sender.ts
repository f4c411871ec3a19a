import type { OutgoingMessage } from '../event-bus.ts';
import type { BusDatabase } from './bus-database.ts';

interface Parcel {
  readonly topic: string;
  readonly messages: readonly OutgoingMessage[];
  resolve(): void;
  reject(error: unknown): void;
}

/** Sends in the order of the calls, one statement at a time, each taking all that has gathered for its topic. */
export class LocalSender {
  readonly #database: BusDatabase;
  #waiting: Parcel[] = [];
  #draining: Promise<void> | undefined;

  constructor(database: BusDatabase) {
    this.#database = database;
  }

  publish(topic: string, messages: readonly OutgoingMessage[]): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ topic, messages, resolve, reject });
      this.#draining ??= this.#drain();
    });
  }

  /** Waits for what is under way. */
  async close(): Promise<void> {
    await this.#draining;
  }

  async #drain(): Promise<void> {
    await Promise.resolve();
    while (this.#waiting.length > 0) {
      const parcels = this.#waiting;
      this.#waiting = [];
      for (const [topic, group] of Map.groupBy(parcels, (parcel) => parcel.topic)) {
        try {
          await this.#send(
            topic,
            group.flatMap(({ messages }) => messages),
          );
          for (const { resolve } of group) resolve();
        } catch (error) {
          for (const { reject } of group) reject(error);
        }
      }
    }
    this.#draining = undefined;
  }

  async #send(topic: string, messages: readonly OutgoingMessage[]): Promise<void> {
    if (messages.length === 0) return;
    const keys = messages.map(({ key }) => (key === null ? null : Buffer.from(key)));
    const values = messages.map(({ value }) => value);
    const headers = messages.map((message) => JSON.stringify(encodeHeaders(message.headers)));
    await this.#database.query('publish-messages', [topic, Date.now(), keys, values, headers]);
  }
}

function encodeHeaders(headers: OutgoingMessage['headers']): Record<string, string | null> {
  const base64 = (value: string | Buffer) => Buffer.from(value).toString('base64');
  const entries = Object.entries(headers).map(([name, value]) => [name, value === null ? null : base64(value)]);
  return Object.fromEntries(entries);
}
