import { setTimeout as pause } from 'node:timers/promises';
import type { Admin, Kafka } from 'kafkajs';
import { commitAsMember } from './commit-as-member.ts';

/** What of a partition is there: `oldest` is the offset of its first message, `end` that behind its last. */
export interface PartitionRange {
  readonly oldest: bigint;
  readonly end: bigint;
}

/** Where topics begin and end, and where groups stand on them. */
export class KafkaOffsets {
  readonly #kafka: Kafka;
  readonly #admin: () => Promise<Admin>;

  constructor(kafka: Kafka, admin: () => Promise<Admin>) {
    this.#kafka = kafka;
    this.#admin = admin;
  }

  async ranges(topic: string): Promise<Map<number, PartitionRange>> {
    const admin = await this.#admin();
    const offsets = await admin.fetchTopicOffsets(topic);
    return new Map(offsets.map(({ partition, low, high }) => [partition, { oldest: BigInt(low), end: BigInt(high) }]));
  }

  async committed(groupId: string, topic: string): Promise<Map<number, bigint>> {
    const admin = await this.#admin();
    const topics = await patiently(() => admin.fetchOffsets({ groupId, topics: [topic] }));
    const partitions = topics.flatMap((entry) => entry.partitions);
    const committed = partitions.map(({ partition, offset }) => [partition, BigInt(offset)] as const);
    return new Map(committed.filter(([, offset]) => offset >= 0n));
  }

  /** Removes a group that has no members; one that is not there, or that somebody has joined, is left alone. */
  async forgetGroup(groupId: string): Promise<void> {
    const admin = await this.#admin();
    await admin.deleteGroups([groupId]).catch(() => undefined);
  }

  /** Gives a group that has no offset on the topic the end of each partition, before it joins. */
  async beginAtEnd(groupId: string, topic: string): Promise<void> {
    const [committed, ranges] = await Promise.all([this.committed(groupId, topic), this.ranges(topic)]);
    const without = [...ranges].filter(([partition]) => !committed.has(partition));
    if (without.length === 0) return;
    const offsets = without.map(([partition, { end }]) => ({ topic, partition, offset: end.toString() }));
    await commitAsMember(this.#kafka, groupId, topic, offsets);
  }
}

/** A coordinator that is still loading, just after the broker's start, answers within seconds; kafkajs gives up at once. */
async function patiently<Answer>(ask: () => Promise<Answer>): Promise<Answer> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await ask();
    } catch (error) {
      if (attempt === 20 || (error as { retriable?: boolean }).retriable !== true) throw error;
      await pause(250);
    }
  }
}
