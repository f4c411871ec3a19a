import { unreachable } from '@lead-rotator/event-sourcing';
import type { LeadRotatorEvent } from '@lead-rotator/lead-events';
import type { Distribution } from './distribution.ts';
import { evolveOrganization } from './evolve-organization.ts';
import { evolveRotations, rotationEventTypes } from './evolve-rotations.ts';
import { evolveMisses, evolveOutcome, evolveOwnership, evolveRefund, evolveTurn } from './evolve-turns.ts';
import { evolveUsers } from './evolve-users.ts';

/** The events that say something about users, rotations and turns; a projection reads these and leaves out the others. */
export const distributionEventTypes = [
  'UserRegistered',
  'UserProfileChanged',
  'UserDeactivated',
  'UserActivated',
  'UserSwitchedOn',
  'UserSwitchedOff',
  'UserAwayPlanned',
  'UserMoved',
  'OrganizationSettingsChanged',
  'CalendarDefined',
  'CalendarDeleted',
  'TerritoryDefined',
  'TerritoryDeleted',
  'PageDefined',
  'PageDeleted',
  'RulesPublished',
  ...rotationEventTypes,
  'LeadAssigned',
  'LeadReassigned',
  'LeadHandedOver',
  'LeadPickedUp',
  'LeadTakenAway',
  'LeadOffered',
  'LeadClaimed',
  'ClaimMissed',
  'TurnRefunded',
  'LeadWon',
  'LeadLost',
] as const;

/** Changes the state in place by one event; returns it. */
export function evolveDistribution(distribution: Distribution, event: LeadRotatorEvent): Distribution {
  switch (event.type) {
    case 'LeadAssigned':
    case 'LeadReassigned':
      evolveTurn(distribution, event.data);
      evolveOwnership(distribution, event.data);
      return distribution;
    case 'LeadHandedOver':
    case 'LeadPickedUp':
    case 'LeadTakenAway':
    case 'LeadOffered':
      evolveOwnership(distribution, event.data);
      return distribution;
    case 'LeadWon':
    case 'LeadLost':
      if (event.data.ownerId !== undefined) evolveOwnership(distribution, { previousOwnerId: event.data.ownerId });
      evolveOutcome(distribution, event);
      return distribution;
    case 'ClaimMissed':
      evolveMisses(distribution, event.data.rotationId, event.data.ownerId, true);
      return distribution;
    case 'LeadClaimed':
      if (event.data.rotationId !== undefined) {
        evolveMisses(distribution, event.data.rotationId, event.data.ownerId, false);
      }
      return distribution;
    case 'TurnRefunded':
      evolveRefund(distribution, event);
      return distribution;
    case 'UserRegistered':
    case 'UserProfileChanged':
    case 'UserDeactivated':
    case 'UserActivated':
    case 'UserSwitchedOn':
    case 'UserSwitchedOff':
    case 'UserAwayPlanned':
    case 'UserMoved':
      evolveUsers(distribution, event);
      return distribution;
    case 'OrganizationSettingsChanged':
    case 'CalendarDefined':
    case 'CalendarDeleted':
    case 'TerritoryDefined':
    case 'TerritoryDeleted':
    case 'PageDefined':
    case 'PageDeleted':
    case 'RulesPublished':
      evolveOrganization(distribution, event);
      return distribution;
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
    case 'MemberPaused':
    case 'MemberResumed':
    case 'MemberCredited':
      evolveRotations(distribution, event);
      return distribution;
    case 'LeadCaptured':
    case 'LeadLeftUnassigned':
    case 'LeadActivityRecorded':
    case 'ClaimDeadlineNeared':
    case 'ReassignmentPending':
    case 'ReassignmentsExhausted':
    case 'LeadDeclined':
    case 'LeadRerouted':
    case 'LeadStatusChanged':
    case 'OwnerFoundInactive':
      return distribution;
    default:
      return unreachable(event);
  }
}
