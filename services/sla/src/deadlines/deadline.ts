import type { EpochMilliseconds, OrganizationId, Position } from '@lead-rotator/event-sourcing';
import type { ContactId, LeadId } from '@lead-rotator/lead-events';

/** A lead that somebody must have claimed before `due`. */
export interface Deadline {
  readonly organizationId: OrganizationId;
  readonly leadId: LeadId;
  readonly contactIds: readonly ContactId[];
  readonly due: EpochMilliseconds;
  /** Position of the event that set it: the order of those that are due at one instant, and what tells it from the lead's next. */
  readonly assigned: Position;
}

/** The order in which deadlines fire. */
export function byDue(one: Deadline, other: Deadline): number {
  return one.due - other.due || one.assigned - other.assigned;
}
