import { type EpochMilliseconds, unreachable } from '@lead-rotator/event-sourcing';
import type { EventOfType, LeadRotatorEvent } from '@lead-rotator/lead-events';
import { evolveTurn } from './evolve-turn.ts';
import { LeadRecord } from './lead-record.ts';
import type { OrganizationLedger } from './organization-ledger.ts';

export type LeadEvent = Extract<
  LeadRotatorEvent,
  {
    type:
      | `Lead${string}`
      | `Claim${'Missed' | 'DeadlineNeared'}`
      | `Reassignment${string}`
      | 'OwnerFoundInactive'
      | 'TurnRefunded';
  }
>;

export function evolveLeads(ledger: OrganizationLedger, event: LeadEvent, at: EpochMilliseconds): void {
  const { leadId } = event.data;
  if (event.type === 'LeadCaptured') {
    if (!ledger.leads.has(leadId)) capture(ledger, event.data, at);
    return;
  }
  const lead = ledger.leads.get(leadId);
  if (lead !== undefined) evolveLead(ledger, lead, event, at);
}

function capture(ledger: OrganizationLedger, data: EventOfType<'LeadCaptured'>['data'], at: EpochMilliseconds): void {
  const lead = new LeadRecord(at);
  if (ledger.hasFilters) lead.facts = data;
  ledger.leads.set(data.leadId, lead);
}

function evolveLead(
  ledger: OrganizationLedger,
  lead: LeadRecord,
  event: Exclude<LeadEvent, { type: 'LeadCaptured' }>,
  at: EpochMilliseconds,
): void {
  if (at > lead.latest) lead.latest = at;
  switch (event.type) {
    case 'LeadAssigned':
    case 'LeadReassigned':
      evolveTurn(ledger, event.data, at);
      own(ledger, lead, event.data.ownerId);
      lead.give(event.data.ownerId, at, event.data.due === undefined ? 0 : Date.parse(event.data.due));
      return;
    case 'LeadHandedOver':
    case 'LeadPickedUp':
      own(ledger, lead, event.data.ownerId);
      lead.give(event.data.ownerId, at, 0);
      lead.claimed = event.type === 'LeadPickedUp';
      return;
    case 'LeadLeftUnassigned':
    case 'LeadTakenAway':
      own(ledger, lead, undefined);
      lead.release('unowned', at, 0);
      lead.waits = event.data.waits !== undefined;
      return;
    case 'LeadOffered':
      own(ledger, lead, undefined);
      lead.release('offered', at, Date.parse(event.data.until));
      return;
    case 'LeadRerouted':
      own(ledger, lead, undefined);
      lead.release('undecided', at, 0);
      lead.earlier = undefined;
      lead.declined = undefined;
      return;
    case 'LeadClaimed':
      lead.claimed = true;
      lead.due = 0;
      return;
    case 'ClaimMissed':
      lead.missed = true;
      lead.due = 0;
      return;
    case 'LeadDeclined':
      lead.declinedNow = true;
      lead.due = 0;
      lead.declined = [...(lead.declined ?? []), event.data.ownerId];
      return;
    case 'ReassignmentsExhausted':
      if (event.data.startsOver === true) lead.earlier = undefined;
      return;
    case 'LeadWon':
    case 'LeadLost':
      own(ledger, lead, undefined);
      ledger.leads.delete(event.data.leadId);
      ledger.closed.add(event.data.leadId);
      return;
    case 'TurnRefunded':
      refund(ledger, event.data);
      return;
    case 'LeadStatusChanged':
    case 'LeadActivityRecorded':
    case 'ClaimDeadlineNeared':
    case 'ReassignmentPending':
    case 'OwnerFoundInactive':
      return;
    default:
      unreachable(event);
  }
}

/** Counts the open leads of the one who had it and of the one who has it now. */
function own(ledger: OrganizationLedger, lead: LeadRecord, ownerId: LeadRecord['ownerId']): void {
  const before = lead.ownerId === undefined ? undefined : ledger.users.get(lead.ownerId);
  const after = ownerId === undefined ? undefined : ledger.users.get(ownerId);
  if (before !== undefined) before.open -= 1;
  if (after !== undefined) after.open += 1;
}

function refund(ledger: OrganizationLedger, data: EventOfType<'TurnRefunded'>['data']): void {
  const turnAt = Date.parse(data.turnAt);
  const rotation = ledger.rotations.get(data.rotationId);
  const member = rotation?.line.find(data.userId) ?? rotation?.former.get(data.userId);
  member?.turns.giveBack(ledger.timeOf(rotation), turnAt);
  const user = ledger.users.get(data.userId);
  user?.turns.giveBack(ledger.timeOf(user), turnAt);
}
