import type { EventBus } from '@lead-rotator/event-bus';

/** What the check needs of a bus; it only reads and joins no group. */
export type ReadableBus = Pick<EventBus, 'readTopic' | 'endOffsets' | 'committedOffsets'>;

/** The topics and the groups that belong to a log. */
export interface TopicsToCheck {
  readonly bus: ReadableBus;
  /** Topic of the log's events. */
  readonly events: string;
  /** Topics whose dead letters are looked for. */
  readonly deadLettersOf?: readonly string[];
  readonly groups?: readonly { readonly groupId: string; readonly topic: string }[];
}
