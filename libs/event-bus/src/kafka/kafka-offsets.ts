import { setTimeout as pause } from 'node:timers/promises';
import type { Admin, Kafka } from 'kafkajs';
import { OffsetsOfAnotherLog } from '../errors.ts';
import { commitAsMember } from './commit-as-member.ts';

/** What of a partition is there: `oldest` is the offset of its first message, `end` that behind its last. */
export interface PartitionRange {
  readonly oldest: bigint;
  readonly end: bigint;
}

/** Where a group stands on a partition. */
export interface CommittedOffset {
  /** That of the next message it reads. */
  readonly next: bigint;
  /** The log that has taken in what lies before it; '' when none was kept. */
  readonly logId: string;
}

/** @throws OffsetsOfAnotherLog when one of the group's offsets on the topic says so; without a log nothing does. */
export function requireOwnLog(
  groupId: string,
  topic: string,
  offsets: ReadonlyMap<number, Partial<CommittedOffset>>,
  log: string,
): void {
  if (log === '') return;
  for (const [partition, { logId = '' }] of offsets) {
    if (logId !== '' && logId !== log) throw new OffsetsOfAnotherLog(groupId, topic, partition, logId, log);
  }
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

  /** Where the group stands on each partition; absent where it has no offset. */
  async committed(groupId: string, topic: string): Promise<Map<number, CommittedOffset>> {
    const admin = await this.#admin();
    const topics = await patiently(() => admin.fetchOffsets({ groupId, topics: [topic] }));
    const partitions = topics.flatMap((entry) => entry.partitions);
    const committed = partitions.map(({ partition, offset, metadata }) => {
      return [partition, { next: BigInt(offset), logId: metadata ?? '' }] as const;
    });
    return new Map(committed.filter(([, { next }]) => next >= 0n));
  }

  /** Removes a group that has no members; one that is not there, or that somebody has joined, is left alone. */
  async forgetGroup(groupId: string): Promise<void> {
    const admin = await this.#admin();
    await admin.deleteGroups([groupId]).catch(() => undefined);
  }

  /** What of each partition is there, and where the group stands on it if it has an offset. */
  async standing(groupId: string, topic: string): Promise<Map<number, PartitionRange & Partial<CommittedOffset>>> {
    // In this order: a group that moves meanwhile does not look as if it stood behind the end.
    const committed = await this.committed(groupId, topic);
    const ranges = await this.ranges(topic);
    return new Map([...ranges].map(([partition, range]) => [partition, { ...range, ...committed.get(partition) }]));
  }

  /** Gives a group that has no offset on the topic the end of each partition, for the log, before it joins. */
  async beginAtEnd(groupId: string, topic: string, logId: string): Promise<void> {
    const without = [...(await this.standing(groupId, topic))].filter(([, { next }]) => next === undefined);
    if (without.length === 0) return;
    const offsets = without.map(([partition, { end }]) => ({
      topic,
      partition,
      offset: end.toString(),
      metadata: logId,
    }));
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
