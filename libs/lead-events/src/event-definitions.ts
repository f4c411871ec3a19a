import * as claims from './claim-events.ts';
import type { EventDefinition, EventOf } from './define-event.ts';
import * as assigned from './lead-assigned.ts';
import { LeadCaptured } from './lead-captured.ts';
import * as life from './lead-life-events.ts';
import * as unassigned from './lead-unassigned.ts';
import * as members from './member-events.ts';
import * as organization from './organization-events.ts';
import * as rotations from './rotation-events.ts';
import * as users from './user-events.ts';

/** Every event of the product by its type. A new event is added here, and then nothing compiles until all have said what it means to them. */
export const eventDefinitions = {
  UserRegistered: users.UserRegistered,
  UserProfileChanged: users.UserProfileChanged,
  UserDeactivated: users.UserDeactivated,
  UserActivated: users.UserActivated,
  UserSwitchedOn: users.UserSwitchedOn,
  UserSwitchedOff: users.UserSwitchedOff,
  UserAwayPlanned: users.UserAwayPlanned,
  UserMoved: users.UserMoved,
  OrganizationSettingsChanged: organization.OrganizationSettingsChanged,
  CalendarDefined: organization.CalendarDefined,
  CalendarDeleted: organization.CalendarDeleted,
  TerritoryDefined: organization.TerritoryDefined,
  TerritoryDeleted: organization.TerritoryDeleted,
  PageDefined: organization.PageDefined,
  PageDeleted: organization.PageDeleted,
  RulesPublished: organization.RulesPublished,
  RotationCreated: rotations.RotationCreated,
  RotationRenamed: rotations.RotationRenamed,
  RotationSwitchedOn: rotations.RotationSwitchedOn,
  RotationSwitchedOff: rotations.RotationSwitchedOff,
  StrategyChanged: rotations.StrategyChanged,
  DefaultCapsChanged: rotations.DefaultCapsChanged,
  ClaimPolicyChanged: rotations.ClaimPolicyChanged,
  RotationPolicyChanged: rotations.RotationPolicyChanged,
  MemberAdded: members.MemberAdded,
  MemberSettingsChanged: members.MemberSettingsChanged,
  MemberRemoved: members.MemberRemoved,
  MemberMoved: members.MemberMoved,
  MemberPaused: members.MemberPaused,
  MemberResumed: members.MemberResumed,
  MemberCredited: members.MemberCredited,
  LeadCaptured,
  LeadAssigned: assigned.LeadAssigned,
  LeadReassigned: assigned.LeadReassigned,
  LeadHandedOver: assigned.LeadHandedOver,
  LeadPickedUp: assigned.LeadPickedUp,
  LeadLeftUnassigned: unassigned.LeadLeftUnassigned,
  LeadTakenAway: unassigned.LeadTakenAway,
  LeadOffered: unassigned.LeadOffered,
  LeadActivityRecorded: claims.LeadActivityRecorded,
  LeadClaimed: claims.LeadClaimed,
  ClaimDeadlineNeared: claims.ClaimDeadlineNeared,
  ClaimMissed: claims.ClaimMissed,
  ReassignmentPending: claims.ReassignmentPending,
  ReassignmentsExhausted: claims.ReassignmentsExhausted,
  TurnRefunded: claims.TurnRefunded,
  LeadDeclined: life.LeadDeclined,
  LeadRerouted: life.LeadRerouted,
  LeadWon: life.LeadWon,
  LeadLost: life.LeadLost,
  LeadStatusChanged: life.LeadStatusChanged,
  OwnerFoundInactive: life.OwnerFoundInactive,
};

export type LeadRotatorEventType = keyof typeof eventDefinitions;

/** Any event of the product, told apart by `type`. */
export type LeadRotatorEvent = {
  [Type in LeadRotatorEventType]: EventOf<(typeof eventDefinitions)[Type]>;
}[LeadRotatorEventType];

/** The event of one type. */
export type EventOfType<Type extends LeadRotatorEventType> = Extract<LeadRotatorEvent, { type: Type }>;

const byType = new Map<string, EventDefinition>(
  Object.entries(eventDefinitions as unknown as Record<string, EventDefinition>),
);

/** What the contract says about a type; undefined if this copy does not know it. */
export const definitionOf = (type: string): EventDefinition | undefined => byType.get(type);
