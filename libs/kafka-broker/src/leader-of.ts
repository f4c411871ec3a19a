import kafkajs from 'kafkajs';

/** The broker (`host:port`) that leads a partition now. @throws when nobody does. */
export async function leaderOf(brokers: readonly string[], topic: string, partition: number): Promise<string> {
  const kafka = new kafkajs.Kafka({ brokers: [...brokers], clientId: 'leader-of', logLevel: kafkajs.logLevel.NOTHING });
  const admin = kafka.admin();
  await admin.connect();
  try {
    const [cluster, metadata] = await Promise.all([
      admin.describeCluster(),
      admin.fetchTopicMetadata({ topics: [topic] }),
    ]);
    const leader = metadata.topics[0]?.partitions.find(({ partitionId }) => partitionId === partition)?.leader;
    const broker = cluster.brokers.find(({ nodeId }) => nodeId === leader);
    if (broker === undefined) throw new Error(`${topic}/${partition} has no leader`);
    return `${broker.host}:${broker.port}`;
  } finally {
    await admin.disconnect();
  }
}
