import type { EventBus, IncomingMessage } from '@lead-rotator/event-bus';
import type { RecordedLeadEvent } from '@lead-rotator/lead-events';

/** What the check needs of a bus; it only reads and joins no group. */
export type ReadableBus = Pick<EventBus, 'readTopic' | 'endOffsets' | 'committedOffsets'>;

/** A topic that a service takes in: whatever its group has passed is an event of the log, or was put aside. */
export interface TakenTopic {
  readonly groupId: string;
  readonly topic: string;
  /** Where the group puts off what can perhaps be used a little later, and takes it from again. */
  readonly putOffOn?: string;
  /** What names the event that a message becomes; undefined for one that can become none. */
  readonly idOf: (message: IncomingMessage) => string | undefined;
  /** What names the event; undefined for one that comes of no message of this topic. */
  readonly idOfEvent: (event: RecordedLeadEvent) => string | undefined;
}

/** The topics and the groups that belong to a log. */
export interface TopicsToCheck {
  readonly bus: ReadableBus;
  /** Topic of the log's events. */
  readonly events: string;
  /** Topics whose dead letters are looked for. */
  readonly deadLettersOf?: readonly string[];
  /** Topics by which leads and acts come in. */
  readonly taken?: readonly TakenTopic[];
  readonly groups?: readonly { readonly groupId: string; readonly topic: string }[];
}
