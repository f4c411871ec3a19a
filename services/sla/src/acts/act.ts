import type { EpochMilliseconds, EventContext } from '@lead-rotator/event-sourcing';
import type { ActivityId, LeadId } from '@lead-rotator/lead-events';

/** Something that somebody has done about a lead, with the circumstances under which it was told. */
export interface Act {
  readonly context: EventContext;
  readonly leadId: LeadId;
  /** Its own id, or what stands in for it: recorded once for its lead, however often it is told. */
  readonly activityId: ActivityId;
  /** Id or email of the user. */
  readonly by: string;
  readonly kind: string;
  readonly automated: boolean;
  readonly occurredAt: EpochMilliseconds;
}
