import type { OffsetsByTopicPartition } from 'kafkajs';
import type { KafkaOffsets } from './kafka-offsets.ts';

/** An offset that was not seen for longer is looked at before the next commit. */
const sureMilliseconds = 10_000;

/** Offsets that were committed lie on the broker no more: it deletes them with their topic. */
export class OffsetsGone extends Error {
  override readonly name = 'OffsetsGone';

  constructor(groupId: string, topic: string) {
    super(`the offsets of ${groupId} on ${topic} are gone: the topic was made anew`);
  }
}

/** When the offsets of a group were last seen to lie on the broker. */
export class SeenOffsets {
  readonly #groupId: string;
  readonly #offsets: Pick<KafkaOffsets, 'committed'>;
  /** By topic and partition; on the monotonic clock. */
  readonly #seen = new Map<string, Map<number, number>>();

  constructor(groupId: string, offsets: Pick<KafkaOffsets, 'committed'>) {
    this.#groupId = groupId;
    this.#offsets = offsets;
  }

  clear(): void {
    this.#seen.clear();
  }

  saw(topic: string, partitions: Iterable<number>): void {
    const seen = this.#seen.get(topic) ?? new Map<number, number>();
    this.#seen.set(topic, seen);
    for (const partition of partitions) seen.set(partition, performance.now());
  }

  /** Looks where it was not looked for long. @throws OffsetsGone */
  async require({ topics }: OffsetsByTopicPartition): Promise<void> {
    const limit = performance.now() - sureMilliseconds;
    for (const { topic, partitions } of topics) {
      const seen = this.#seen.get(topic);
      const unsure = partitions.filter(({ partition }) => (seen?.get(partition) ?? limit) < limit);
      if (unsure.length === 0) continue;
      const committed = await this.#offsets.committed(this.#groupId, topic);
      if (!unsure.every(({ partition }) => committed.has(partition))) throw new OffsetsGone(this.#groupId, topic);
    }
  }
}
