import type { OrganizationId, Position, RecordedEvent } from '@lead-rotator/event-sourcing';
import { type LeadId, type LeadRotatorEvent, type RotationId, readEvent } from '@lead-rotator/lead-events';

/** A lead that goes to somebody of a rotation as soon as somebody is eligible. */
export interface WaitingLead {
  readonly organizationId: OrganizationId;
  readonly leadId: LeadId;
  readonly rotationId: RotationId;
  /** Position of the event by which it began to wait: the order in which they go out. */
  readonly since: Position;
}

export interface WaitingChanges {
  readonly began: readonly WaitingLead[];
  /** Of leads that may wait: something that filters look at is different since this position, and they waited before. */
  readonly changed: readonly ChangedLead[];
  readonly ended: readonly Pick<WaitingLead, 'organizationId' | 'leadId'>[];
}

export interface ChangedLead extends Pick<WaitingLead, 'organizationId' | 'leadId'> {
  readonly position: Position;
}

/** Every event after which a lead waits, or waits no more, or suits other members. */
export const waitingEventTypes = [
  'LeadAssigned',
  'LeadReassigned',
  'LeadHandedOver',
  'LeadPickedUp',
  'LeadLeftUnassigned',
  'LeadTakenAway',
  'LeadOffered',
  'LeadClaimed',
  'ReassignmentPending',
  'ReassignmentsExhausted',
  'LeadRerouted',
  'LeadStatusChanged',
  'LeadWon',
  'LeadLost',
] as const satisfies readonly LeadRotatorEvent['type'][];

/** What a page of events comes to, lead by lead: only the last word of each counts. */
export function waitingChanges(events: readonly RecordedEvent[]): WaitingChanges {
  const began = new Map<string, WaitingLead>();
  const ended = new Map<string, Pick<WaitingLead, 'organizationId' | 'leadId'>>();
  const changed = new Map<string, ChangedLead>();
  for (const recorded of events) {
    const event = readEvent(recorded);
    if (!('leadId' in event.data) || event.data.leadId === undefined) continue;
    const { organizationId, position: since } = event;
    const { leadId } = event.data;
    const key = `${organizationId} ${leadId}`;
    if (event.type === 'LeadStatusChanged') {
      changed.set(key, { organizationId, leadId, position: since });
      continue;
    }
    // What was different before it began to wait counts no more, also where both are on one page.
    changed.delete(key);
    const rotationId = waitsIn(event);
    if (rotationId === undefined) {
      began.delete(key);
      ended.set(key, { organizationId, leadId });
    } else {
      began.set(key, { organizationId, leadId, rotationId, since });
      ended.delete(key);
    }
  }
  return { began: [...began.values()], ended: [...ended.values()], changed: [...changed.values()] };
}

function waitsIn(event: LeadRotatorEvent): RotationId | undefined {
  switch (event.type) {
    case 'ReassignmentPending':
      return event.data.rotationId;
    case 'LeadLeftUnassigned':
    case 'LeadTakenAway':
      return event.data.waits === 'for-somebody' ? event.data.rotationId : undefined;
    default:
      return undefined;
  }
}
