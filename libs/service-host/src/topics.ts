import { deadLetterTopic, retryTopic, type TopicSettings } from '@lead-rotator/event-bus';
import type { Settings } from './settings.ts';

/** The topics of the product. Each has a dead-letter topic beside it. */
export const topics = { inbound: 'leads.inbound', activities: 'leads.activities', events: 'leads.events' } as const;

/** Acts that came before their lead perhaps: they are tried again there, and hold up none of the others. */
export const earlyActsTopic = retryTopic(topics.activities);

/** What could not be told to an endpoint or by mail, when it is sent in again, in the form of `topics.events`. */
export const notificationsTopic = 'leads.notifications';

/** The topics that are used under any settings. */
export const allTopics: readonly string[] = [...Object.values(topics), earlyActsTopic, notificationsTopic];

/** The topics that are used under these settings. */
export function topicsInUse(settings: Settings): string[] {
  return allTopics.filter((topic) => topic !== notificationsTopic || tellsOthers(settings));
}

/** Whether others are told of events over a way that is no topic. */
export const tellsOthers = ({ webhookUrl, smtpUrl }: Settings): boolean =>
  webhookUrl !== undefined || smtpUrl !== undefined;

/** All topics as they are created where they are missing. */
export function topicsToCreate(settings: Settings): TopicSettings[] {
  const names = topicsInUse(settings).flatMap((topic) => [topic, deadLetterTopic(topic)]);
  return names.map((topic) => ({
    topic,
    partitions: settings.topicPartitions,
    replication: settings.topicReplication,
    retentionMilliseconds: settings.topicRetentionHours * 3_600_000,
  }));
}
