import { setTimeout as sleep } from 'node:timers/promises';
import type { Admin } from 'kafkajs';
import type { TopicSettings } from '../event-bus.ts';

/** A whole send to one partition is one record batch, and an event may have 1 MB. */
const maxMessageBytes = 4_000_000;

const mostAttempts = 50;
const pauseMilliseconds = 100;

/**
 * Creates those that are missing. With several replicas, what is acknowledged lies on all of them but one at least: one
 * broker may be lost with its disk, and one may be away while leads come in.
 */
export async function ensureTopics(admin: Admin, wanted: readonly TopicSettings[]): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await createMissing(admin, wanted);
    } catch (error) {
      // Of several brokers, the one that is asked for the leaders may not have heard of the topic yet.
      const isNew = (error as { type?: unknown }).type === 'UNKNOWN_TOPIC_OR_PARTITION';
      if (!isNew || attempt === mostAttempts) throw error;
      await sleep(pauseMilliseconds);
    }
  }
}

async function createMissing(admin: Admin, wanted: readonly TopicSettings[]): Promise<void> {
  const present = new Set(await admin.listTopics());
  const missing = wanted.filter(({ topic }) => !present.has(topic));
  if (missing.length === 0) return;
  // False, not an error, if another process has made one of them meanwhile.
  await admin.createTopics({
    waitForLeaders: true,
    topics: missing.map(({ topic, partitions, replication, retentionMilliseconds }) => ({
      topic,
      numPartitions: partitions,
      replicationFactor: replication,
      configEntries: [
        { name: 'retention.ms', value: String(retentionMilliseconds) },
        { name: 'min.insync.replicas', value: String(Math.max(1, replication - 1)) },
        { name: 'max.message.bytes', value: String(maxMessageBytes) },
      ],
    })),
  });
}
