import type { EpochMilliseconds, OrganizationId, RecordedEvent } from '@lead-rotator/event-sourcing';
import { type LeadId, type LeadRotatorEvent, type RotationId, readEvent, type UserId } from '@lead-rotator/lead-events';
import type { Deadline } from './deadline.ts';

/** A deadline with what is shown of it. */
export interface OpenedDeadline extends Deadline {
  /** When it was set. */
  readonly since: EpochMilliseconds;
  readonly rotationId: RotationId;
  /** Who has to claim it; undefined while it is offered to several. */
  readonly ownerId: UserId | undefined;
}

/** A lead that has no deadline any more. */
export interface EndedDeadline {
  readonly organizationId: OrganizationId;
  readonly leadId: LeadId;
}

export interface DeadlineChanges {
  readonly opened: readonly OpenedDeadline[];
  readonly ended: readonly EndedDeadline[];
}

/** Every event after which a lead has another deadline, or none. */
export const deadlineEventTypes = [
  'LeadAssigned',
  'LeadReassigned',
  'LeadHandedOver',
  'LeadPickedUp',
  'LeadLeftUnassigned',
  'LeadTakenAway',
  'LeadOffered',
  'LeadClaimed',
  'ClaimMissed',
  'LeadDeclined',
  'LeadRerouted',
  'LeadWon',
  'LeadLost',
] as const satisfies readonly LeadRotatorEvent['type'][];

/** What a page of events comes to, lead by lead: only the last word of each counts. */
export function deadlineChanges(events: readonly RecordedEvent[]): DeadlineChanges {
  const opened = new Map<string, OpenedDeadline>();
  const ended = new Map<string, EndedDeadline>();
  for (const recorded of events) {
    const event = readEvent(recorded);
    if (!('leadId' in event.data) || event.data.leadId === undefined) continue;
    const { organizationId, position, at: since } = event;
    const { leadId } = event.data;
    const key = `${organizationId} ${leadId}`;
    const set = setBy(event);
    if (set === undefined) {
      opened.delete(key);
      ended.set(key, { organizationId, leadId });
    } else {
      opened.set(key, { organizationId, leadId, assigned: position, since, ...set });
      ended.delete(key);
    }
  }
  return { opened: [...opened.values()], ended: [...ended.values()] };
}

/** The deadline that an event sets: to claim the lead, or to take an offer. */
function setBy(
  event: LeadRotatorEvent,
): Omit<OpenedDeadline, 'organizationId' | 'leadId' | 'assigned' | 'since'> | undefined {
  switch (event.type) {
    case 'LeadAssigned':
    case 'LeadReassigned': {
      const { due, rotationId, ownerId, contactIds } = event.data;
      if (due === undefined || rotationId === undefined) return undefined;
      return { due: Date.parse(due), rotationId, ownerId, contactIds };
    }
    case 'LeadOffered': {
      const { until, rotationId, contactIds } = event.data;
      return { due: Date.parse(until), rotationId, ownerId: undefined, contactIds };
    }
    default:
      return undefined;
  }
}
