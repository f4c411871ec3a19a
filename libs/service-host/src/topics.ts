import { deadLetterTopic, type TopicSettings } from '@lead-rotator/event-bus';
import type { Settings } from './settings.ts';

/** The topics of the product. Each has a dead-letter topic beside it. */
export const topics = { inbound: 'leads.inbound', activities: 'leads.activities', events: 'leads.events' } as const;

/** All topics as they are created where they are missing. */
export function topicsToCreate(settings: Settings): TopicSettings[] {
  const names = Object.values(topics).flatMap((topic) => [topic, deadLetterTopic(topic)]);
  return names.map((topic) => ({
    topic,
    partitions: settings.topicPartitions,
    replication: settings.topicReplication,
    retentionMilliseconds: settings.topicRetentionHours * 3_600_000,
  }));
}
