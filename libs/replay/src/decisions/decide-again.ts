import {
  assignLead,
  changeLeadStatus,
  closeLead,
  declineLead,
  expireOffer,
  handOverLead,
  leaveDeactivatedOwner,
  leaveUnassignedOnFailure,
  missDeadline,
  pickUpLead,
  type Result,
  recordActivity,
  releaseLead,
  rerouteLead,
  type Scene,
  warnOfDeadline,
} from '@lead-rotator/claim';
import { type EpochMilliseconds, unreachable } from '@lead-rotator/event-sourcing';
import type { EventOfType, LeadRotatorEvent, Step } from '@lead-rotator/lead-events';

/** Takes a decision about a lead, as the service did whose decision begins with the recorded event. */
export type Decide = (scene: Scene, at: EpochMilliseconds) => Result;

/**
 * What the services do where a decision begins with this event: the same decider, with what came from outside (who, which
 * act, which outcome) taken from the event. `given`: the event is an act of people or of a source and decides nothing.
 * `unfounded`: it only ever follows from an event before it, so no decision can begin with it.
 */
export function decisionBegunBy(event: LeadRotatorEvent): Decide | 'given' | 'unfounded' {
  switch (event.type) {
    case 'LeadAssigned':
    case 'LeadReassigned':
    case 'LeadLeftUnassigned':
    case 'LeadTakenAway':
    case 'LeadOffered':
      return ownershipDecision(event);
    case 'LeadHandedOver': {
      const { ownerId: to, why } = event.data;
      return why.reason === 'given' ? (scene, at) => handOverLead(scene, { to }, at) : 'unfounded';
    }
    case 'LeadPickedUp': {
      const { ownerId: by } = event.data;
      return (scene, at) => pickUpLead(scene, { by }, at);
    }
    case 'LeadActivityRecorded': {
      const { activityId, userId, kind, automated, occurredAt } = event.data;
      const activity = { activityId, userId, kind, automated, occurredAt: Date.parse(occurredAt) };
      return (scene, at) => recordActivity(scene, activity, at);
    }
    case 'ClaimDeadlineNeared':
      return warnOfDeadline;
    case 'ClaimMissed':
      return missDeadline;
    case 'LeadDeclined': {
      const { ownerId: by } = event.data;
      return (scene, at) => declineLead(scene, { by }, at);
    }
    case 'LeadRerouted':
      return rerouteLead;
    case 'LeadWon':
      return (scene, at) => closeLead(scene, 'won', at);
    case 'LeadLost':
      return (scene, at) => closeLead(scene, 'lost', at);
    case 'LeadStatusChanged': {
      const { status } = event.data;
      return (scene, at) => changeLeadStatus(scene, status, at);
    }
    case 'OwnerFoundInactive':
      return leaveDeactivatedOwner;
    case 'LeadClaimed':
    case 'ReassignmentPending':
    case 'ReassignmentsExhausted':
    case 'TurnRefunded':
      return 'unfounded';
    case 'MemberPaused':
      return event.data.cause === 'misses' ? 'unfounded' : 'given';
    case 'LeadCaptured':
    case 'UserRegistered':
    case 'UserProfileChanged':
    case 'UserDeactivated':
    case 'UserActivated':
    case 'UserSwitchedOn':
    case 'UserSwitchedOff':
    case 'UserAwayPlanned':
    case 'UserMoved':
    case 'OrganizationSettingsChanged':
    case 'CalendarDefined':
    case 'CalendarDeleted':
    case 'TerritoryDefined':
    case 'TerritoryDeleted':
    case 'PageDefined':
    case 'PageDeleted':
    case 'RulesPublished':
    case 'RotationCreated':
    case 'RotationRenamed':
    case 'RotationSwitchedOn':
    case 'RotationSwitchedOff':
    case 'StrategyChanged':
    case 'DefaultCapsChanged':
    case 'ClaimPolicyChanged':
    case 'RotationPolicyChanged':
    case 'MemberAdded':
    case 'MemberSettingsChanged':
    case 'MemberRemoved':
    case 'MemberMoved':
    case 'MemberResumed':
    case 'MemberCredited':
      return 'given';
    default:
      return unreachable(event);
  }
}

type OwnershipEvent = EventOfType<
  'LeadAssigned' | 'LeadReassigned' | 'LeadLeftUnassigned' | 'LeadTakenAway' | 'LeadOffered'
>;

function ownershipDecision({ data }: OwnershipEvent): Decide | 'unfounded' {
  const { why } = data;
  if (why.reason === 'follows' && why.step !== 'known-contact') return 'unfounded';
  if (why.step === 'picked-up' && 'ownerId' in data) {
    const { ownerId: by } = data;
    return (scene, at) => pickUpLead(scene, { by }, at);
  }
  if (why.step !== 'failure') return deciders[why.step] ?? 'unfounded';
  return ({ lead }, at) => (lead.decided ? [] : [leaveUnassignedOnFailure(lead, why.error ?? '', at)]);
}

/** By the step that a decision names; what is not here follows from an event before it. */
const deciders: Partial<Record<Step, Decide>> = {
  'came-with-owner': assignLead,
  'known-contact': assignLead,
  rules: assignLead,
  waiting: releaseLead,
  'offer-over': expireOffer,
  'owner-deactivated': leaveDeactivatedOwner,
};
