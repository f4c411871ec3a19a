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
  /** The owner who was found to be inactive. */
  foundInactive: string | null;
}

/** Of somebody who was inactive and is back, nothing is said as of an inactive owner any more. */
export interface ActivatedUser {
  readonly organizationId: string;
  readonly userId: string;
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
  /** Before anything else of the page counts. */
  readonly activated: Map<string, ActivatedUser>;
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
  'UserActivated',
] as const satisfies readonly LeadRotatorEvent['type'][];

type Ownership = Extract<LeadRotatorEvent, { type: (typeof ownedLeadTypes)[number] }>;

const types: ReadonlySet<string> = new Set(ownedLeadTypes);
const isOwnership = (event: LeadRotatorEvent): event is Ownership => types.has(event.type);

/** Folds events of `ownedLeadTypes`, in their order. */
export function foldOwnedLeads(events: readonly RecordedEvent[]): OwnedLeadChanges {
  const changes: OwnedLeadChanges = {
    activated: new Map(),
    given: new Map(),
    changed: new Map(),
    gone: new Map(),
    leaving: new Map(),
    former: [],
  };
  for (const recorded of events) {
    const event: LeadRotatorEvent = readEvent(recorded);
    if (!isOwnership(event)) continue;
    if (event.type === 'UserActivated') activate(changes, event.data.userId, recorded);
    else fold(changes, event, recorded);
  }
  return changes;
}

function activate({ activated, given, changed }: OwnedLeadChanges, userId: string, { organizationId }: RecordedEvent) {
  activated.set(`${organizationId} ${userId}`, { organizationId, userId });
  const isTheirs = (one: { organizationId: string }, ownerId: string | null) =>
    one.organizationId === organizationId && ownerId === userId;
  for (const lead of given.values()) if (isTheirs(lead, lead.ownerId)) lead.ownerFoundInactive = false;
  for (const lead of changed.values()) if (isTheirs(lead, lead.foundInactive)) lead.foundInactive = null;
}

type OfLead = Exclude<Ownership, { type: 'UserActivated' }>;

function fold(changes: OwnedLeadChanges, event: OfLead, recorded: RecordedEvent): void {
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
  OfLead,
  { type: `Lead${'Assigned' | 'Reassigned' | 'HandedOver' | 'PickedUp' | 'TakenAway' | 'Offered'}` }
>;

function change({ given, changed, gone }: OwnedLeadChanges, key: string, event: Change, recorded: RecordedEvent): void {
  if (gone.has(key)) return;
  const { organizationId, at } = recorded;
  const kept = given.get(key) ?? changed.get(key) ?? unchanged(organizationId, event.data.leadId);
  if (!('due' in kept)) changed.set(key, kept);
  if (event.type === 'OwnerFoundInactive') {
    if ('due' in kept) kept.ownerFoundInactive = true;
    else kept.foundInactive = event.data.ownerId;
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
  foundInactive: null,
});
