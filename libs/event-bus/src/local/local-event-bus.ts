import type { EventLog } from '@lead-rotator/event-log';
import { answerMilliseconds, type ConnectionOptions, connectionSettings, createPool } from '@lead-rotator/postgres';
import type pg from 'pg';
import { type BusLogger, silentLogger } from '../bus-logger.ts';
import type { KeyOf } from '../cloud-events/message-key.ts';
import { MessageRefused } from '../errors.ts';
import type {
  EventBus,
  IncomingMessage,
  OutgoingMessage,
  RunningConsumer,
  Subscription,
  TopicSettings,
} from '../event-bus.ts';
import { Leases } from '../lease/leases.ts';
import { BusDatabase } from './bus-database.ts';
import { LocalConsumer } from './local-consumer.ts';
import { LocalSender } from './local-sender.ts';
import type { LocalTopic } from './local-topic.ts';
import { LogTopic } from './log-topic.ts';
import { TableTopic } from './table-topic.ts';
import { TopicListener } from './topic-listener.ts';

const expiryMilliseconds = 600_000;
const messagesPerRead = 2_000;

export interface LocalEventBusSettings extends ConnectionOptions {
  /** The log that the topic of events is. */
  readonly log: EventLog;
  /** Default `leads.events`. */
  readonly eventTopic?: string;
  readonly keyOf?: KeyOf;
  /** How long a consumer that died keeps others waiting; default 4,000. */
  readonly leaseMilliseconds?: number;
  readonly logger?: BusLogger;
}

/**
 * The bus without Kafka, on the log's own PostgreSQL (tables by `eventBusMigrations`). The topic of events is the log;
 * the others are a table. Every topic has one partition, so each group has one active consumer of it, by lease;
 * another copy takes over when that one stops or dies.
 */
export class LocalEventBus implements EventBus {
  readonly #settings: LocalEventBusSettings;
  readonly #eventTopic: string;
  readonly #pool: pg.Pool;
  readonly #database: BusDatabase;
  readonly #listener: TopicListener;
  readonly #sender: LocalSender;
  readonly #leases: Leases;
  readonly #logger: BusLogger;
  readonly #consumers = new Set<RunningConsumer>();
  readonly #topics = new Map<string, LocalTopic>();
  readonly #expiry: NodeJS.Timeout;

  constructor(settings: LocalEventBusSettings) {
    this.#settings = settings;
    this.#logger = settings.logger ?? silentLogger;
    this.#eventTopic = settings.eventTopic ?? 'leads.events';
    this.#pool = createPool({ answerMilliseconds, ...settings });
    this.#database = new BusDatabase(this.#pool);
    this.#listener = new TopicListener(connectionSettings(settings));
    this.#sender = new LocalSender(this.#database);
    this.#leases = new Leases({
      pool: this.#pool,
      logger: this.#logger,
      ...(settings.leaseMilliseconds === undefined ? {} : { milliseconds: settings.leaseMilliseconds }),
    });
    this.#expiry = setInterval(() => void this.#deleteExpired(), expiryMilliseconds).unref();
  }

  async ensureTopics(topics: readonly TopicSettings[]): Promise<void> {
    for (const { topic, retentionMilliseconds } of topics) {
      await this.#database.query('create-topic', [topic, retentionMilliseconds]);
    }
    await this.#deleteExpired();
  }

  async publish(topic: string, messages: readonly OutgoingMessage[]): Promise<void> {
    if (topic === this.#eventTopic) throw new MessageRefused(`${topic} is the log: append to that`);
    await this.#sender.publish(topic, messages);
  }

  async subscribe(subscription: Subscription): Promise<RunningConsumer> {
    const parts = {
      database: this.#database,
      leases: this.#leases,
      topicNamed: (topic: string) => this.#topicNamed(topic),
      logger: this.#logger,
    };
    const consumer = new LocalConsumer(parts, subscription);
    await consumer.start();
    this.#consumers.add(consumer);
    return consumer;
  }

  async endOffsets(topic: string): Promise<ReadonlyMap<number, bigint>> {
    return new Map([[0, await this.#topicNamed(topic).end()]]);
  }

  async committedOffsets(groupId: string, topic: string): Promise<ReadonlyMap<number, bigint>> {
    const [row] = await this.#database.query<{ next_offset: number }>('read-group-offset', [groupId, topic]);
    return row === undefined ? new Map() : new Map([[0, BigInt(row.next_offset)]]);
  }

  async *readTopic(topic: string): AsyncGenerator<IncomingMessage, void> {
    const source = this.#topicNamed(topic);
    const end = await source.end();
    for (let next = 0n; next < end; ) {
      const messages = await source.read(next, messagesPerRead);
      for (const message of messages) if (message.offset < end) yield message;
      const last = messages.at(-1);
      if (last === undefined) return;
      next = last.offset + 1n;
    }
  }

  async close(): Promise<void> {
    clearInterval(this.#expiry);
    await Promise.all([...this.#consumers].map((consumer) => consumer.stop()));
    await this.#sender.close();
    await this.#listener.close();
    await this.#pool.end();
  }

  #topicNamed(topic: string): LocalTopic {
    let found = this.#topics.get(topic);
    if (found === undefined) {
      const { log, keyOf } = this.#settings;
      found =
        topic === this.#eventTopic
          ? new LogTopic(topic, log, keyOf)
          : new TableTopic(topic, this.#database, this.#listener);
      this.#topics.set(topic, found);
    }
    return found;
  }

  async #deleteExpired(): Promise<void> {
    try {
      await this.#database.query('delete-expired-messages', [Date.now()]);
    } catch (error) {
      this.#logger.warn({ err: error }, 'expired messages were not deleted');
    }
  }
}
