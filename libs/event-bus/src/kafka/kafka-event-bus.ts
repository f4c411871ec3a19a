import type { Admin, Kafka } from 'kafkajs';
import type {
  EventBus,
  IncomingMessage,
  OutgoingMessage,
  RunningConsumer,
  Subscription,
  TopicSettings,
} from '../event-bus.ts';
import { createKafka } from './create-kafka.ts';
import { ensureTopics } from './ensure-topics.ts';
import { KafkaConsumer } from './kafka-consumer.ts';
import { kafkaFailure } from './kafka-failure.ts';
import { KafkaOffsets, requireOwnLog } from './kafka-offsets.ts';
import { KafkaSender } from './kafka-sender.ts';
import type { KafkaSettings } from './kafka-settings.ts';
import { readKafkaTopic } from './read-kafka-topic.ts';

/** The bus on a Kafka cluster, by kafkajs 2.2.4; what is worked around stands where it is worked around. */
export class KafkaEventBus implements EventBus {
  readonly #kafka: Kafka;
  readonly #settings: KafkaSettings;
  readonly #sender: KafkaSender;
  readonly #offsets: KafkaOffsets;
  readonly #consumers = new Set<RunningConsumer>();
  #admin: Promise<Admin> | undefined;

  /** `kafka`: in place of a kafkajs that is made by the settings. */
  constructor(settings: KafkaSettings, kafka = createKafka(settings)) {
    this.#settings = settings;
    this.#kafka = kafka;
    this.#sender = new KafkaSender(this.#kafka);
    this.#offsets = new KafkaOffsets(this.#kafka, () => this.#connectedAdmin());
  }

  ensureTopics(topics: readonly TopicSettings[]): Promise<void> {
    return this.#ask('creating topics', async () => ensureTopics(await this.#connectedAdmin(), topics));
  }

  publish(topic: string, messages: readonly OutgoingMessage[]): Promise<void> {
    return this.#sender.publish(topic, messages);
  }

  async subscribe(subscription: Subscription): Promise<RunningConsumer> {
    const consumer = new KafkaConsumer(this.#kafka, this.#offsets, this.#settings, subscription);
    this.#consumers.add(consumer);
    await consumer.start();
    return consumer;
  }

  endOffsets(topic: string): Promise<ReadonlyMap<number, bigint>> {
    return this.#ask(`asking for the end of ${topic}`, async () => {
      const ranges = await this.#offsets.ranges(topic);
      return new Map([...ranges].map(([partition, { end }]) => [partition, end]));
    });
  }

  async committedOffsets(groupId: string, topic: string): Promise<ReadonlyMap<number, bigint>> {
    const question = () => this.#offsets.committed(groupId, topic);
    const committed = await this.#ask(`asking where ${groupId} stands on ${topic}`, question);
    requireOwnLog(groupId, topic, committed, (await this.#settings.log?.id()) ?? '');
    return new Map([...committed].map(([partition, { next }]) => [partition, next]));
  }

  readTopic(topic: string): AsyncIterable<IncomingMessage> {
    return readKafkaTopic(this.#kafka, this.#offsets, topic);
  }

  async close(): Promise<void> {
    await Promise.all([...this.#consumers].map((consumer) => consumer.stop()));
    await this.#sender.close();
    await this.#admin?.then((admin) => admin.disconnect()).catch(() => undefined);
  }

  async #ask<Answer>(doing: string, question: () => Promise<Answer>): Promise<Answer> {
    try {
      return await question();
    } catch (error) {
      throw kafkaFailure(error, doing);
    }
  }

  #connectedAdmin(): Promise<Admin> {
    this.#admin ??= this.#connectAdmin();
    return this.#admin;
  }

  async #connectAdmin(): Promise<Admin> {
    const admin = this.#kafka.admin();
    try {
      await admin.connect();
    } catch (error) {
      this.#admin = undefined;
      throw error;
    }
    return admin;
  }
}
