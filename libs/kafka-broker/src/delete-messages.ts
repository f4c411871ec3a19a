import { asAdmin } from './as-admin.ts';

/** Deletes what lies on a topic now, as retention does; offsets go on where they were. */
export function deleteMessages(brokers: readonly string[], topic: string): Promise<void> {
  return asAdmin(brokers, 'delete-messages', async (admin) => {
    const offsets = await admin.fetchTopicOffsets(topic);
    const partitions = offsets.map(({ partition, high }) => ({ partition, offset: high }));
    await admin.deleteTopicRecords({ topic, partitions });
  });
}
