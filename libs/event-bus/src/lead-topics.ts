import { deadLetterTopic } from './dead-letters/dead-letter.ts';
import type { TopicSettings } from './event-bus.ts';

/** The topics of the product. */
export const leadTopics = {
  /** Leads of upstream systems. */
  inbound: 'leads.inbound',
  /** What owners do with their leads. */
  activities: 'leads.activities',
  /** Everything that was appended to the log. */
  events: 'leads.events',
} as const;

/** All topics to be created, each with its dead-letter topic, which has one partition. */
export function allLeadTopics(settings: Omit<TopicSettings, 'topic'>): TopicSettings[] {
  return Object.values(leadTopics).flatMap((topic) => [
    { ...settings, topic },
    { ...settings, topic: deadLetterTopic(topic), partitions: 1 },
  ]);
}
