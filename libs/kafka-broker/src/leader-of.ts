import { asAdmin } from './as-admin.ts';

/** The broker (`host:port`) that leads a partition now. @throws when nobody does. */
export function leaderOf(brokers: readonly string[], topic: string, partition: number): Promise<string> {
  return asAdmin(brokers, 'leader-of', async (admin) => {
    const [cluster, metadata] = await Promise.all([
      admin.describeCluster(),
      admin.fetchTopicMetadata({ topics: [topic] }),
    ]);
    const leader = metadata.topics[0]?.partitions.find(({ partitionId }) => partitionId === partition)?.leader;
    const broker = cluster.brokers.find(({ nodeId }) => nodeId === leader);
    if (broker === undefined) throw new Error(`${topic}/${partition} has no leader`);
    return `${broker.host}:${broker.port}`;
  });
}
