import { unreachable } from '@lead-rotator/event-sourcing';
import type { EventOfType, LeadRotatorEvent, PassedOver, Turn, Why } from '@lead-rotator/lead-events';

/** What happened to a lead, and why, in a sentence for the person who asks. */
export function explain(event: LeadRotatorEvent): string | undefined {
  switch (event.type) {
    case 'LeadCaptured':
      return `Came in from ${event.data.source}.`;
    case 'LeadAssigned':
    case 'LeadReassigned':
    case 'LeadHandedOver':
    case 'LeadPickedUp': {
      const { ownerId, why } = event.data;
      const from = 'previousOwnerId' in event.data ? ` in place of ${event.data.previousOwnerId}` : '';
      const { turn, rotationId, passedOver = [], more }: Partial<EventOfType<'LeadAssigned'>['data']> = event.data;
      const chosen = turn === undefined ? passedWords(passedOver, more) : turnWords(rotationId, turn);
      const due = 'due' in event.data && event.data.due ? ` To be claimed before ${event.data.due}.` : '';
      return `Went to ${ownerId}${from}: ${whyWords(why)}.${chosen}${due}`;
    }
    case 'LeadLeftUnassigned':
    case 'LeadTakenAway': {
      const { waits, rotationId, why, passedOver, more } = event.data;
      const queue = waits === undefined ? '' : ` It waits in the queue of ${rotationId}.`;
      return `Nobody has it: ${whyWords(why)}.${passedWords(passedOver, more)}${queue}`;
    }
    case 'LeadOffered':
      return `Offered to ${event.data.userIds.join(', ')} until ${event.data.until}: ${whyWords(event.data.why)}.`;
    case 'LeadActivityRecorded': {
      const { userId, kind, outcome } = event.data;
      return `${userId} did: ${kind}. ${outcome === 'claims' ? 'That claims it.' : `That claims nothing: ${outcome}.`}`;
    }
    case 'LeadClaimed':
      return `Claimed by ${event.data.ownerId}.`;
    case 'ClaimDeadlineNeared':
      return `${event.data.ownerId} was warned: to be claimed before ${event.data.due}.`;
    case 'ClaimMissed':
      return `${event.data.ownerId} did not claim it before ${event.data.due}.`;
    case 'ReassignmentPending': {
      const { ownerId, passedOver, more } = event.data;
      return `${ownerId} keeps it until somebody can have it.${passedWords(passedOver, more)}`;
    }
    case 'ReassignmentsExhausted':
      return `There is nobody left for it: ${whyWords(event.data.why)}.${passedWords(event.data.passedOver, event.data.more)}`;
    case 'TurnRefunded':
      return `The turn of ${event.data.userId} does not count against their caps any more.`;
    case 'LeadDeclined':
      return `Declined by ${event.data.ownerId}.`;
    case 'LeadRerouted':
      return 'Goes through the rules again, as if nobody had had or declined it.';
    case 'LeadWon':
      return 'Won.';
    case 'LeadLost':
      return 'Lost.';
    case 'LeadStatusChanged':
      return `Status ${event.data.status}.`;
    case 'OwnerFoundInactive':
      return `Its owner ${event.data.ownerId} is inactive.`;
    case 'MemberPaused':
      return `${event.data.userId} is paused in ${event.data.rotationId} after missing it.`;
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

function turnWords(rotationId: string | undefined, turn: Turn): string {
  return ` Turn ${turn.number} of ${rotationId}, by ${turn.strategy}.${passedWords(turn.passedOver, turn.more)}`;
}

function passedWords(passedOver: readonly PassedOver[] = [], more = 0): string {
  if (passedOver.length === 0) return '';
  const named = passedOver.map(({ userId, reason }) => `${userId} (${reason})`).join(', ');
  return ` Passed over: ${named}${more > 0 ? ` and ${more} more` : ''}.`;
}

const stepWords: Readonly<Record<Why['step'], string>> = {
  'came-with-owner': 'it came with an owner',
  'known-contact': 'the contact is known',
  rules: 'by the rules',
  missed: 'it was not claimed in time',
  declined: 'it was declined',
  'owner-deactivated': 'its owner was deactivated',
  waiting: 'it waited, and somebody could have it',
  'offer-over': 'nobody took the offer',
  'picked-up': 'it was picked up',
  'by-hand': 'by hand',
  failure: 'no decision could be taken',
};

const reasonWords: Readonly<Record<Why['reason'], string>> = {
  turn: 'their turn',
  'rotation-off': 'the rotation is off',
  'rotation-empty': 'the rotation has no members',
  'nobody-eligible': 'nobody is eligible',
  hold: 'nobody is eligible, and it is held until somebody is',
  queue: 'leads of this rotation are picked up',
  offered: 'offered to all who are eligible',
  backup: 'to the backup',
  'rotation-owner': 'to the owner of the rotation',
  manual: 'to be given on by hand',
  user: 'to the user of the rule',
  'site-owner': 'to the owner of the site',
  'page-owner': 'to the owner of the page',
  field: 'to the owner that a field names',
  'number-one': 'to number one on the roster',
  'owner-kept': 'it keeps its owner',
  'owner-of-known-contact': 'to the owner of another lead of the same contact',
  follows: 'it goes where another lead of the same contact goes',
  duplicate: 'a duplicate of another lead',
  unassigned: 'the rule leaves it unassigned',
  exhausted: 'nobody is left who could have it',
  'limit-of-reassignments': 'it was reassigned as often as is allowed',
  'notify-only': 'only a notice was wanted',
  given: 'given by a person',
  'claimed-first': 'claimed first',
  error: 'an error',
};

function whyWords({ step, reason, rule, ruleSet, otherLeadId, error }: Why): string {
  const byRule = rule === undefined ? '' : ` (rule ${rule}${ruleSet === undefined ? '' : `, version ${ruleSet}`})`;
  const other = otherLeadId === undefined ? '' : ` (${otherLeadId})`;
  const fault = error === undefined ? '' : ` (${error})`;
  return `${stepWords[step]}${byRule}, ${reasonWords[reason]}${other}${fault}`;
}
