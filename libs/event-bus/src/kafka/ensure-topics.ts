import type { Admin } from 'kafkajs';
import type { TopicSettings } from '../event-bus.ts';

/** A whole send to one partition is one record batch, and an event may have 1 MB. */
const maxMessageBytes = 4_000_000;

/**
 * Creates those that are missing. With several replicas, what is acknowledged lies on all of them but one at least: one
 * broker may be lost with its disk, and one may be away while leads come in.
 */
export async function ensureTopics(admin: Admin, wanted: readonly TopicSettings[]): Promise<void> {
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
