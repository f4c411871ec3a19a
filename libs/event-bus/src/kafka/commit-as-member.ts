import type { Kafka, TopicPartitionOffsetAndMetadata } from 'kafkajs';

/**
 * Commits offsets for a group by joining it for a moment, whether it has other members or none. kafkajs' own way
 * (`admin.setOffsets`) waits out a fetch of five seconds.
 */
export async function commitAsMember(
  kafka: Kafka,
  groupId: string,
  topic: string,
  offsets: TopicPartitionOffsetAndMetadata[],
) {
  const consumer = kafka.consumer({ groupId, maxWaitTimeInMs: 50, allowAutoTopicCreation: false });
  try {
    await consumer.connect();
    await consumer.subscribe({ topic, fromBeginning: true });
    await consumer.run({ autoCommit: false, eachBatch: async () => undefined });
    await consumer.commitOffsets(offsets);
  } finally {
    await consumer.disconnect();
  }
}
