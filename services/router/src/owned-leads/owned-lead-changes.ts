import type { RecordedEvent } from '@lead-rotator/event-sourcing';
import { type LeadRotatorEvent, readEvent } from '@lead-rotator/lead-events';
import type { OwnedLead } from './owned-lead.entity.ts';

/** What happens to a lead that its owner keeps. */
export interface OwnedLeadChange {
  readonly organizationId: string;
  readonly leadId: string;
  claimed: boolean;
  endsDeadline: boolean;
  outcome: 'won' | 'lost' | null;
  ownerFoundInactive: boolean;
}

/** What a page of events comes to: each lead once, and in one of the three. */
export interface OwnedLeadChanges {
  /** Has another owner. */
  readonly given: Map<string, OwnedLead>;
  /** Keeps the owner it had before the page. */
  readonly changed: Map<string, OwnedLeadChange>;
  /** Has nobody. */
  readonly gone: Map<string, { organizationId: string; leadId: string }>;
}

/** The events that move the table. */
export const ownedLeadTypes = [
  'LeadAssigned',
  'LeadReassigned',
  'LeadHandedOver',
  'LeadPickedUp',
  'LeadTakenAway',
  'LeadOffered',
  'LeadClaimed',
  'ClaimMissed',
  'LeadDeclined',
  'LeadWon',
  'LeadLost',
  'OwnerFoundInactive',
] as const satisfies readonly LeadRotatorEvent['type'][];

type Ownership = Extract<LeadRotatorEvent, { type: (typeof ownedLeadTypes)[number] }>;

const types: ReadonlySet<string> = new Set(ownedLeadTypes);
const isOwnership = (event: LeadRotatorEvent): event is Ownership => types.has(event.type);

/** Folds events of `ownedLeadTypes`, in their order. */
export function foldOwnedLeads(events: readonly RecordedEvent[]): OwnedLeadChanges {
  const changes: OwnedLeadChanges = { given: new Map(), changed: new Map(), gone: new Map() };
  for (const recorded of events) {
    const event: LeadRotatorEvent = readEvent(recorded);
    if (isOwnership(event)) fold(changes, event, recorded);
  }
  return changes;
}

function fold(changes: OwnedLeadChanges, event: Ownership, { organizationId, position, at }: RecordedEvent): void {
  const { leadId } = event.data;
  const key = `${organizationId} ${leadId}`;
  switch (event.type) {
    case 'LeadAssigned':
    case 'LeadReassigned':
    case 'LeadHandedOver':
    case 'LeadPickedUp':
      changes.changed.delete(key);
      changes.gone.delete(key);
      changes.given.set(key, {
        organizationId,
        leadId,
        ownerId: event.data.ownerId,
        sincePosition: position,
        since: at,
        rotationId: ('turn' in event.data && event.data.turn && event.data.rotationId) || null,
        due: 'due' in event.data && event.data.due ? Date.parse(event.data.due) : null,
        claimed: event.type === 'LeadPickedUp',
        outcome: null,
        ownerFoundInactive: false,
      });
      return;
    case 'LeadTakenAway':
    case 'LeadOffered':
      changes.given.delete(key);
      changes.changed.delete(key);
      changes.gone.set(key, { organizationId, leadId });
      return;
    default:
      change(changes, key, event, organizationId);
  }
}

type Change = Exclude<
  Ownership,
  { type: `Lead${'Assigned' | 'Reassigned' | 'HandedOver' | 'PickedUp' | 'TakenAway' | 'Offered'}` }
>;

function change({ given, changed, gone }: OwnedLeadChanges, key: string, event: Change, organizationId: string): void {
  if (gone.has(key)) return;
  const kept = given.get(key) ?? changed.get(key) ?? unchanged(organizationId, event.data.leadId);
  if (!('due' in kept)) changed.set(key, kept);
  if (event.type === 'OwnerFoundInactive') {
    kept.ownerFoundInactive = true;
    return;
  }
  if ('due' in kept) kept.due = null;
  else kept.endsDeadline = true;
  if (event.type === 'LeadClaimed') kept.claimed = true;
  if (event.type === 'LeadWon') kept.outcome = 'won';
  if (event.type === 'LeadLost') kept.outcome = 'lost';
}

const unchanged = (organizationId: string, leadId: string): OwnedLeadChange => ({
  organizationId,
  leadId,
  claimed: false,
  endsDeadline: false,
  outcome: null,
  ownerFoundInactive: false,
});
