import { setTimeout as sleep } from 'node:timers/promises';
import type { Wire } from '@lead-rotator/event-log';
import kafkajs, {
  type IHeaders,
  type KafkaMessage,
  type Message,
  type PartitionMetadata,
  type ProducerBatch,
  type RecordMetadata,
} from 'kafkajs';
import type { OutgoingMessage } from '../../event-bus.ts';
import { stablePartitioner } from '../stable-partitioner.ts';
import type { SimulatedBroker } from './simulated-broker.ts';

const tries = 5;
const firstPause = 100;

/** The part of kafkajs' idempotent producer that is used here: the same bytes under the same number until it gives up. */
export class SimulatedProducer {
  readonly #broker: SimulatedBroker;
  readonly #wire: Wire;
  readonly #partition = stablePartitioner()();
  readonly #numbers = new Map<string, number>();
  #id: number | undefined;

  constructor(broker: SimulatedBroker, wire: Wire) {
    this.#broker = broker;
    this.#wire = wire;
  }

  async connect(): Promise<void> {
    this.#id = await this.#wire.call(() => this.#broker.newProducer());
  }

  async disconnect(): Promise<void> {}

  async sendBatch({ topicMessages = [] }: ProducerBatch): Promise<RecordMetadata[]> {
    const counts = new Map<string, number>();
    for (const { topic } of topicMessages) {
      const ask = () => this.#wire.call(() => this.#broker.partitionsOf(topic).length);
      counts.set(topic, await this.#patiently(ask));
    }
    const outcomes = await Promise.allSettled(
      topicMessages.flatMap(({ topic, messages }) => {
        const count = counts.get(topic) as number;
        const byPartition = Map.groupBy(messages, (message) => this.#choose(topic, count, message));
        return [...byPartition].map(([partition, its]) => this.#send(topic, partition, its));
      }),
    );
    const failed = outcomes.find((outcome) => outcome.status === 'rejected');
    if (failed !== undefined) throw failed.reason;
    return outcomes.flatMap((outcome) => (outcome.status === 'fulfilled' ? [outcome.value] : []));
  }

  #choose(topic: string, count: number, message: Message): number {
    const partitionMetadata = Array.from({ length: count }, (_, partitionId) => ({ partitionId, leader: 0 }));
    return this.#partition({ topic, partitionMetadata: partitionMetadata as PartitionMetadata[], message });
  }

  async #send(topic: string, partition: number, messages: readonly Message[]): Promise<RecordMetadata> {
    const place = `${topic}/${partition}`;
    const number = this.#numbers.get(place) ?? 0;
    const id = this.#id as number;
    const records = messages.map(recordOf);
    await this.#patiently(() => this.#wire.call(() => this.#broker.append(topic, partition, records, id, number)));
    this.#numbers.set(place, number + 1);
    return { topicName: topic, partition, errorCode: 0 };
  }

  async #patiently<Answer>(ask: () => Promise<Answer>): Promise<Answer> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await ask();
      } catch (error) {
        if (attempt === tries || 'type' in (error as object)) throw error;
        await sleep(firstPause * attempt);
      }
    }
  }
}

/** A text in the key goes as UTF-8. */
function recordOf(message: Message): KafkaMessage {
  const { key = null, value, headers = {} } = message;
  return {
    key: typeof key === 'string' ? Buffer.from(key) : key,
    value: typeof value === 'string' ? Buffer.from(value) : value,
    headers: readHeaders(headers as OutgoingMessage['headers']),
    timestamp: '0',
    attributes: 0,
    offset: '0',
  };
}

/** As they are read from a broker: bytes, and inheriting nothing. */
function readHeaders(headers: OutgoingMessage['headers']): IHeaders {
  const read = Object.create(null);
  for (const [name, value] of Object.entries(headers))
    read[name] = typeof value === 'string' ? Buffer.from(value) : value;
  return read;
}

/** For those who are typed by kafkajs. */
export const asProducer = (producer: SimulatedProducer): kafkajs.Producer => producer as unknown as kafkajs.Producer;
