import type { KafkaMessage } from 'kafkajs';
import { BrokerError } from './broker-error.ts';
import { SimulatedGroup } from './simulated-group.ts';
import { SimulatedPartition } from './simulated-partition.ts';

/** A Kafka broker in memory: what it keeps, and what it answers; it never does anything by itself. */
export class SimulatedBroker {
  readonly #topics = new Map<string, SimulatedPartition[]>();
  readonly #groups = new Map<string, SimulatedGroup>();
  readonly #now: () => number;
  #producers = 0;

  constructor(now: () => number = Date.now) {
    this.#now = now;
  }

  get topics(): string[] {
    return [...this.#topics.keys()];
  }

  createTopic(topic: string, partitions: number): void {
    if (this.#topics.has(topic)) return;
    this.#topics.set(
      topic,
      Array.from({ length: partitions }, () => new SimulatedPartition()),
    );
  }

  newProducer(): number {
    this.#producers += 1;
    return this.#producers;
  }

  partitionsOf(topic: string): readonly SimulatedPartition[] {
    const partitions = this.#topics.get(topic);
    if (partitions === undefined) throw new BrokerError('UNKNOWN_TOPIC_OR_PARTITION');
    return partitions;
  }

  append(topic: string, partition: number, messages: readonly KafkaMessage[], producer: number, number: number): void {
    const at = String(this.#now());
    const stamped = messages.map((message) => ({ ...message, timestamp: at }));
    this.#partition(topic, partition).append(stamped, producer, number);
  }

  fetch(topic: string, partition: number, from: bigint, most: number, signal: AbortSignal): Promise<KafkaMessage[]> {
    return this.#partition(topic, partition).fetch(from, most, signal);
  }

  group(groupId: string): SimulatedGroup {
    let group = this.#groups.get(groupId);
    if (group === undefined) {
      group = new SimulatedGroup(this.#now, (topic) => this.partitionsOf(topic).length);
      this.#groups.set(groupId, group);
    }
    return group;
  }

  #partition(topic: string, partition: number): SimulatedPartition {
    const found = this.partitionsOf(topic)[partition];
    if (found === undefined) throw new BrokerError('UNKNOWN_TOPIC_OR_PARTITION');
    return found;
  }
}
