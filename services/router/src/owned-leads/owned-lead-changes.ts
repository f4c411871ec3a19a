import type { RecordedEvent } from '@lead-rotator/event-sourcing';
import { type LeadRotatorEvent, readEvent } from '@lead-rotator/lead-events';
import type { OwnedLead } from './owned-lead.entity.ts';

/** What happens to a lead that its owner keeps; null: nothing new. */
export interface OwnedLeadChange {
  readonly organizationId: string;
  readonly leadId: string;
  claimedAt: number | null;
  missedAt: number | null;
  endsDeadline: boolean;
  outcome: 'won' | 'lost' | null;
  ownerFoundInactive: boolean;
}

/** A lead that leaves the owner it had before the page. */
export interface LeavingLead {
  readonly organizationId: string;
  readonly leadId: string;
  /** Of the event by which it does. */
  readonly position: number;
}

/** What a page of events comes to. */
export interface OwnedLeadChanges {
  /** Has another owner at its end. */
  readonly given: Map<string, OwnedLead>;
  /** While it had the owner from before the page. */
  readonly changed: Map<string, OwnedLeadChange>;
  /** Has nobody at its end. */
  readonly gone: Map<string, { organizationId: string; leadId: string }>;
  /** Leaves the owner from before the page, if it had one. */
  readonly leaving: Map<string, LeavingLead>;
  /** Owners whom it had within the page. */
  readonly former: OwnedLead[];
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
  const changes: OwnedLeadChanges = {
    given: new Map(),
    changed: new Map(),
    gone: new Map(),
    leaving: new Map(),
    former: [],
  };
  for (const recorded of events) {
    const event: LeadRotatorEvent = readEvent(recorded);
    if (isOwnership(event)) fold(changes, event, recorded);
  }
  return changes;
}

function fold(changes: OwnedLeadChanges, event: Ownership, recorded: RecordedEvent): void {
  const { organizationId, position, at } = recorded;
  const { leadId } = event.data;
  const key = `${organizationId} ${leadId}`;
  switch (event.type) {
    case 'LeadAssigned':
    case 'LeadReassigned':
    case 'LeadHandedOver':
    case 'LeadPickedUp': {
      // Nobody had it when it is assigned, not reassigned.
      if (event.type !== 'LeadAssigned') leave(changes, key, { organizationId, leadId, position });
      changes.gone.delete(key);
      const givenBy = ('rotationId' in event.data ? event.data.rotationId : undefined) ?? null;
      changes.given.set(key, {
        organizationId,
        leadId,
        ownerId: event.data.ownerId,
        sincePosition: position,
        since: at,
        rotationId: 'turn' in event.data && event.data.turn !== undefined ? givenBy : null,
        due: 'due' in event.data && event.data.due ? Date.parse(event.data.due) : null,
        claimed: false,
        outcome: null,
        ownerFoundInactive: false,
        givenBy,
        source: null,
        claimedAt: null,
        missedAt: null,
      });
      return;
    }
    case 'LeadTakenAway':
    case 'LeadOffered':
      leave(changes, key, { organizationId, leadId, position });
      changes.given.delete(key);
      changes.gone.set(key, { organizationId, leadId });
      return;
    default:
      change(changes, key, event, recorded);
  }
}

/** Whoever had it in the page, or before it, is one of its former owners from now on. */
function leave({ given, leaving, former }: OwnedLeadChanges, key: string, lead: LeavingLead): void {
  const before = given.get(key);
  if (before !== undefined) former.push(before);
  else if (!leaving.has(key)) leaving.set(key, lead);
}

type Change = Exclude<
  Ownership,
  { type: `Lead${'Assigned' | 'Reassigned' | 'HandedOver' | 'PickedUp' | 'TakenAway' | 'Offered'}` }
>;

function change({ given, changed, gone }: OwnedLeadChanges, key: string, event: Change, recorded: RecordedEvent): void {
  if (gone.has(key)) return;
  const { organizationId, at } = recorded;
  const kept = given.get(key) ?? changed.get(key) ?? unchanged(organizationId, event.data.leadId);
  if (!('due' in kept)) changed.set(key, kept);
  if (event.type === 'OwnerFoundInactive') {
    kept.ownerFoundInactive = true;
    return;
  }
  if ('due' in kept) kept.due = null;
  else kept.endsDeadline = true;
  if (event.type === 'ClaimMissed') kept.missedAt = at;
  if (event.type === 'LeadClaimed') {
    kept.claimedAt = at;
    if ('claimed' in kept) kept.claimed = true;
  }
  if (event.type === 'LeadWon') kept.outcome = 'won';
  if (event.type === 'LeadLost') kept.outcome = 'lost';
}

const unchanged = (organizationId: string, leadId: string): OwnedLeadChange => ({
  organizationId,
  leadId,
  claimedAt: null,
  missedAt: null,
  endsDeadline: false,
  outcome: null,
  ownerFoundInactive: false,
});
