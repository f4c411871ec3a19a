import { unreachable } from '@lead-rotator/event-sourcing';
import type { EventOfType, LeadRotatorEvent } from '@lead-rotator/lead-events';
import { idsAsNames, type Names } from './names.ts';
import { actWords, passedWords, turnWords, whyWords } from './words.ts';

/** What happened to a lead, and why, in a sentence for the person who asks; undefined for what is about no lead. */
export function explainEvent(event: LeadRotatorEvent, names: Names = idsAsNames): string | undefined {
  switch (event.type) {
    case 'LeadCaptured': {
      const { source, owner } = event.data;
      return `Came in from ${source}${owner === undefined ? '' : `, with the owner ${owner}`}.`;
    }
    case 'LeadAssigned':
    case 'LeadReassigned':
    case 'LeadHandedOver':
    case 'LeadPickedUp': {
      const { ownerId, why } = event.data;
      const from =
        'previousOwnerId' in event.data && event.data.previousOwnerId
          ? ` in place of ${names.user(event.data.previousOwnerId)}`
          : '';
      const { turn, rotationId, passedOver, more }: Partial<EventOfType<'LeadAssigned'>['data']> = event.data;
      const chosen = turn ? turnWords(names, rotationId ?? '', turn) : passedWords(names, passedOver, more);
      const due = 'due' in event.data && event.data.due ? ` To be claimed before ${event.data.due}.` : '';
      return `Went to ${names.user(ownerId)}${from}: ${whyWords(why)}.${chosen}${due}`;
    }
    case 'LeadLeftUnassigned':
    case 'LeadTakenAway': {
      const { waits, rotationId, why, passedOver, more } = event.data;
      const queue = waits === undefined ? '' : ` It waits in the queue of ${names.rotation(rotationId ?? '')}.`;
      return `Nobody has it: ${whyWords(why)}.${passedWords(names, passedOver, more)}${queue}`;
    }
    case 'LeadOffered': {
      const { userIds, until, why, passedOver, more } = event.data;
      return `Offered to ${userIds.map(names.user).join(', ')} until ${until}: ${whyWords(why)}.${passedWords(names, passedOver, more)}`;
    }
    case 'LeadActivityRecorded': {
      const { userId, kind, outcome } = event.data;
      return `${names.user(userId)} did: ${kind}. ${actWords[outcome]}`;
    }
    case 'LeadClaimed':
      return `Claimed by ${names.user(event.data.ownerId)}.`;
    case 'ClaimDeadlineNeared':
      return `${names.user(event.data.ownerId)} was warned: to be claimed before ${event.data.due}.`;
    case 'ClaimMissed':
      return `${names.user(event.data.ownerId)} did not claim it before ${event.data.due}.`;
    case 'ReassignmentPending': {
      const { ownerId, passedOver, more } = event.data;
      return `${names.user(ownerId)} keeps it until somebody can have it.${passedWords(names, passedOver, more)}`;
    }
    case 'ReassignmentsExhausted': {
      const { why, passedOver, more, startsOver, ownerId } = event.data;
      const but = ownerId === undefined ? '' : ` but ${names.user(ownerId)}`;
      const over = startsOver ? ` It starts over: all${but} count as not having had it.` : '';
      const kept = ownerId === undefined ? '' : ` ${names.user(ownerId)} keeps it.`;
      return `There is nobody left for it: ${whyWords(why)}.${kept}${passedWords(names, passedOver, more)}${over}`;
    }
    case 'TurnRefunded':
      return `The turn of ${names.user(event.data.userId)} does not count against their caps any more.`;
    case 'LeadDeclined':
      return `Declined by ${names.user(event.data.ownerId)}.`;
    case 'LeadRerouted':
      return 'Goes through the rules again, as if nobody had had or declined it.';
    case 'LeadWon':
      return 'Won.';
    case 'LeadLost':
      return 'Lost.';
    case 'LeadStatusChanged':
      return `Status ${event.data.status}.`;
    case 'OwnerFoundInactive':
      return `Its owner ${names.user(event.data.ownerId)} is inactive.`;
    case 'MemberPaused':
      return `${names.user(event.data.userId)} is paused in ${names.rotation(event.data.rotationId)} after missing it.`;
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
      return undefined;
    default:
      return unreachable(event);
  }
}
