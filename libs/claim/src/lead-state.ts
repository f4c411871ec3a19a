import { type EpochMilliseconds, unreachable } from '@lead-rotator/event-sourcing';
import type { ContactId, EventOfType, LeadId, LeadRotatorEvent, RotationId, UserId } from '@lead-rotator/lead-events';
import { factsOf, type LeadFacts } from '@lead-rotator/rotation';

/** An offer to several members at once (first-to-claim). */
export interface Offer {
  readonly rotationId: RotationId;
  readonly userIds: readonly UserId[];
  readonly until: EpochMilliseconds;
}

/** One lead, from its capture to its end. Changed in place by `evolveLead`. */
export interface LeadState {
  facts: LeadFacts;
  readonly contactIds: readonly ContactId[];
  readonly capturedAt: EpochMilliseconds;
  /** The way of the lead was decided, though perhaps nobody has it: one that was closed before is given to nobody. */
  decided: boolean;
  ownerId: UserId | undefined;
  ownedSince: EpochMilliseconds;
  /** By whose turn the present owner got it; undefined: outside the turn. */
  turnRotationId: RotationId | undefined;
  /** Number of that turn. */
  turnNumber: number;
  claimed: boolean;
  /** Running deadline. */
  due: EpochMilliseconds | undefined;
  warned: boolean;
  /** The owner keeps it until this rotation has somebody for it. */
  pendingIn: RotationId | undefined;
  /** Queue in which it waits; the last one is remembered in `lastQueue`. */
  waitingIn: RotationId | undefined;
  waits: 'for-pick-up' | 'for-somebody' | undefined;
  /** When it began to wait in this queue. */
  waitingSince: EpochMilliseconds;
  lastQueue: RotationId | undefined;
  /** Running offer. */
  offer: Offer | undefined;
  /** To whom it was offered last. */
  offeredTo: readonly UserId[];
  /** Whoever gets that lead gets this one too, until it is claimed. */
  follows: LeadId | undefined;
  /** All owners in order. */
  history: UserId[];
  /** Users who count as having had it. */
  had: UserId[];
  declined: UserId[];
  /** Former owners who missed their deadline. */
  missed: UserId[];
  /** Turns that took it from one to another. */
  reassignments: number;
  readonly activityIds: Set<string>;
  closed: 'won' | 'lost' | undefined;
}

function captured(data: EventOfType<'LeadCaptured'>['data']): LeadState {
  return {
    facts: factsOf(data),
    contactIds: data.contactIds,
    capturedAt: Date.parse(data.at),
    decided: false,
    ownerId: undefined,
    ownedSince: 0,
    turnRotationId: undefined,
    turnNumber: 0,
    claimed: false,
    due: undefined,
    warned: false,
    pendingIn: undefined,
    waitingIn: undefined,
    waits: undefined,
    waitingSince: 0,
    lastQueue: undefined,
    offer: undefined,
    offeredTo: [],
    follows: undefined,
    history: [],
    had: [],
    declined: [],
    missed: [],
    reassignments: 0,
    activityIds: new Set(),
    closed: undefined,
  };
}

/** Changes a lead in place by an event; events of other leads, and of rotations and users, leave it as it is. */
export function evolveLead(lead: LeadState | undefined, event: LeadRotatorEvent): LeadState | undefined {
  if (event.type === 'LeadCaptured') return lead ?? captured(event.data);
  if (lead === undefined || !isAboutLead(event) || event.data.leadId !== lead.facts.leadId) return lead;
  switch (event.type) {
    case 'LeadReassigned':
      if (event.data.turn !== undefined) lead.reassignments += 1;
      own(lead, event.data);
      return lead;
    case 'LeadAssigned':
    case 'LeadHandedOver':
    case 'LeadPickedUp':
      own(lead, event.data);
      return lead;
    case 'LeadLeftUnassigned':
    case 'LeadTakenAway':
      disown(lead);
      lead.waitingIn = event.data.waits === undefined ? undefined : event.data.rotationId;
      lead.waits = event.data.waits;
      lead.lastQueue = lead.waitingIn ?? lead.lastQueue;
      lead.waitingSince = Date.parse(event.data.at);
      return lead;
    case 'LeadOffered': {
      disown(lead);
      const { rotationId, userIds, until } = event.data;
      lead.offer = { rotationId, userIds, until: Date.parse(until) };
      lead.offeredTo = userIds;
      return lead;
    }
    case 'LeadActivityRecorded':
      lead.activityIds.add(event.data.activityId);
      return lead;
    case 'LeadClaimed':
      lead.claimed = true;
      endWaiting(lead);
      lead.follows = undefined;
      return lead;
    case 'ClaimDeadlineNeared':
      lead.warned = true;
      return lead;
    case 'ClaimMissed':
      lead.due = undefined;
      lead.missed.push(event.data.ownerId);
      return lead;
    case 'ReassignmentPending':
      lead.pendingIn = event.data.rotationId;
      return lead;
    case 'ReassignmentsExhausted':
      lead.pendingIn = undefined;
      if (event.data.startsOver === true) lead.had = lead.ownerId === undefined ? [] : [lead.ownerId];
      return lead;
    case 'LeadDeclined':
      lead.declined.push(event.data.ownerId);
      lead.due = undefined;
      return lead;
    case 'LeadRerouted':
      lead.had = [];
      lead.declined = [];
      lead.reassignments = 0;
      lead.follows = undefined;
      endWaiting(lead);
      return lead;
    case 'LeadWon':
    case 'LeadLost':
      lead.decided = true;
      lead.closed = event.type === 'LeadWon' ? 'won' : 'lost';
      lead.follows = undefined;
      endWaiting(lead);
      return lead;
    case 'LeadStatusChanged':
      lead.facts = { ...lead.facts, status: event.data.status };
      return lead;
    case 'TurnRefunded':
    case 'OwnerFoundInactive':
      return lead;
    default:
      return unreachable(event);
  }
}

type LeadEvent = Exclude<Extract<LeadRotatorEvent, { data: { leadId: LeadId } }>, { type: 'LeadCaptured' }>;

const isAboutLead = (event: LeadRotatorEvent): event is LeadEvent =>
  'leadId' in event.data && event.type !== 'MemberPaused';

type OwnerEvent = EventOfType<'LeadAssigned' | 'LeadReassigned' | 'LeadHandedOver' | 'LeadPickedUp'>['data'];

function own(lead: LeadState, data: OwnerEvent): void {
  endWaiting(lead);
  const turn = 'turn' in data ? data.turn : undefined;
  lead.decided = true;
  lead.ownerId = data.ownerId;
  lead.ownedSince = Date.parse(data.at);
  lead.turnRotationId = turn === undefined || !('rotationId' in data) ? undefined : data.rotationId;
  lead.turnNumber = turn?.number ?? 0;
  lead.claimed = false;
  lead.warned = false;
  lead.due = 'due' in data && data.due !== undefined ? Date.parse(data.due) : undefined;
  lead.follows = data.why.reason === 'follows' ? data.why.otherLeadId : undefined;
  lead.history.push(data.ownerId);
  lead.had.push(data.ownerId);
}

function disown(lead: LeadState): void {
  endWaiting(lead);
  lead.decided = true;
  lead.ownerId = undefined;
  lead.turnRotationId = undefined;
  lead.claimed = false;
}

/** Ends what runs: a deadline, an offer, and its place in a queue. */
function endWaiting(lead: LeadState): void {
  lead.due = undefined;
  lead.pendingIn = undefined;
  lead.waitingIn = undefined;
  lead.waits = undefined;
  lead.offer = undefined;
}

/** Folds events of several leads, in order, as a read by tags gives them. */
export function evolveLeads(leads: Map<LeadId, LeadState>, event: LeadRotatorEvent): Map<LeadId, LeadState> {
  if (event.type !== 'LeadCaptured' && !isAboutLead(event)) return leads;
  const { leadId } = event.data;
  const before = leads.get(leadId);
  const lead = evolveLead(before, event);
  if (lead !== undefined && lead !== before) leads.set(leadId, lead);
  return leads;
}
