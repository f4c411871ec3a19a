import { type EpochMilliseconds, unreachable } from '@lead-rotator/event-sourcing';
import type { LeadRotatorEvent } from '@lead-rotator/lead-events';
import { evolveLeads } from './evolve-leads.ts';
import { evolveMembers, evolveRotations } from './evolve-rotations.ts';
import { evolveUsers } from './evolve-users.ts';
import { type OrganizationLedger, timeIn } from './organization-ledger.ts';

/** Takes an event in, after the checks have seen it. */
export function evolveLedger(ledger: OrganizationLedger, event: LeadRotatorEvent, at: EpochMilliseconds): void {
  switch (event.type) {
    case 'LeadCaptured':
    case 'LeadAssigned':
    case 'LeadReassigned':
    case 'LeadHandedOver':
    case 'LeadPickedUp':
    case 'LeadLeftUnassigned':
    case 'LeadTakenAway':
    case 'LeadOffered':
    case 'LeadActivityRecorded':
    case 'LeadClaimed':
    case 'ClaimDeadlineNeared':
    case 'ClaimMissed':
    case 'ReassignmentPending':
    case 'ReassignmentsExhausted':
    case 'TurnRefunded':
    case 'LeadDeclined':
    case 'LeadRerouted':
    case 'LeadWon':
    case 'LeadLost':
    case 'LeadStatusChanged':
    case 'OwnerFoundInactive':
      evolveLeads(ledger, event, at);
      return;
    case 'UserRegistered':
    case 'UserProfileChanged':
    case 'UserDeactivated':
    case 'UserActivated':
    case 'UserSwitchedOn':
    case 'UserSwitchedOff':
    case 'UserAwayPlanned':
    case 'UserMoved':
      evolveUsers(ledger, event);
      return;
    case 'RotationCreated':
    case 'RotationRenamed':
    case 'RotationSwitchedOn':
    case 'RotationSwitchedOff':
    case 'StrategyChanged':
    case 'DefaultCapsChanged':
    case 'ClaimPolicyChanged':
    case 'RotationPolicyChanged':
      evolveRotations(ledger, event);
      return;
    case 'MemberAdded':
    case 'MemberSettingsChanged':
    case 'MemberRemoved':
    case 'MemberMoved':
    case 'MemberPaused':
    case 'MemberResumed':
    case 'MemberCredited':
      evolveMembers(ledger, event);
      return;
    case 'OrganizationSettingsChanged':
      if (event.data.timeZone !== undefined) ledger.time = timeIn(event.data.timeZone);
      return;
    case 'CalendarDefined':
    case 'CalendarDeleted':
    case 'TerritoryDefined':
    case 'TerritoryDeleted':
    case 'PageDefined':
    case 'PageDeleted':
    case 'RulesPublished':
      return;
    default:
      unreachable(event);
  }
}
