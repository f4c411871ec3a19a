import type { EventOfType, Notice, PassedOver, PassOverReason, Turn, Why } from '@lead-rotator/lead-events';
import type { Names } from './names.ts';

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

const passOverWords: Readonly<Record<PassOverReason, string>> = {
  inactive: 'inactive',
  paused: 'paused',
  away: 'away',
  'off-hours': 'outside their hours',
  'switched-off': 'has switched off',
  filtered: 'takes no such leads',
  'capped-hourly': 'has had all leads for this hour',
  'capped-daily': 'has had all leads for this day',
  'capped-weekly': 'has had all leads for this week',
  'capped-monthly': 'has had all leads for this month',
  'at-capacity': 'has as many open leads as they may',
  declined: 'has declined it',
  'had-it': 'has had it',
};

const noticeWords: Readonly<Record<Notice, string>> = {
  'nobody-eligible': 'nobody can have it',
  exhausted: 'nobody is left for it',
  'deadline-near': 'its deadline is near',
  missed: 'a deadline was missed',
  'member-paused': 'a member was paused',
  'owner-inactive': 'its owner is inactive',
};

/** What the notice says that an event raised. */
export const noticeSentence = (notice: Notice): string => `Somebody has to look at it: ${noticeWords[notice]}.`;

export function whyWords({ step, reason, rule, ruleSet, otherLeadId, error }: Why): string {
  const byRule = rule === undefined ? '' : ` (rule ${rule}${ruleSet === undefined ? '' : `, version ${ruleSet}`})`;
  const other = otherLeadId === undefined ? '' : ` (${otherLeadId})`;
  const fault = error === undefined ? '' : ` (${error})`;
  const because = reason === 'unassigned' && step === 'missed' ? 'the rotation takes it away' : reasonWords[reason];
  return `${stepWords[step]}${byRule}, ${because}${other}${fault}`;
}

export function turnWords(names: Names, rotationId: string, turn: Turn): string {
  const { number, strategy, passedOver, more, extra, guard } = turn;
  const owed = extra ? ', for one lost by absence' : '';
  const guarded = guard ? ', one of those that go by round robin' : '';
  const whose = ` Turn ${number} of ${names.rotation(rotationId)}, by ${strategy}${owed}${guarded}.`;
  return `${whose}${candidateWords(names, turn)}${passedWords(names, passedOver, more)}`;
}

/** What was drawn for whom, where a rotation learns from outcomes. */
function candidateWords(names: Names, { candidates = [], otherCandidates = 0, model }: Turn): string {
  if (candidates.length === 0) return '';
  const drawn = candidates.map(
    ({ userId, won, lost, draw }) =>
      `${names.user(userId)} ${(draw * 100).toFixed(1)} % (${won} won, ${lost} lost before)`,
  );
  const others = otherCandidates === 0 ? '' : ` and ${otherCandidates} with less`;
  return ` Chances drawn by model ${model}: ${drawn.join(', ')}${others}.`;
}

export function passedWords(names: Names, passedOver: readonly PassedOver[] = [], more = 0): string {
  if (passedOver.length === 0) return '';
  const named = passedOver.map(({ userId, reason }) => `${names.user(userId)} (${passOverWords[reason]})`).join(', ');
  return ` Passed over: ${named}${more > 0 ? ` and ${more} more` : ''}.`;
}

/** What an act was worth. */
export const actWords: Readonly<Record<EventOfType<'LeadActivityRecorded'>['data']['outcome'], string>> = {
  claims: 'That claims it.',
  'already-claimed': 'It was claimed already.',
  'no-claim-kind': 'That kind claims nothing.',
  automated: 'A program did it, which claims nothing.',
  'not-owner': 'Somebody else had the lead, so it claims nothing.',
  'before-ownership': 'They did not have the lead yet, so it claims nothing.',
  'too-late': 'The deadline had passed, so it claims nothing.',
  unowned: 'Nobody had the lead, so it claims nothing.',
  taken: 'Somebody was faster, so it claims nothing.',
  'not-allowed': 'They may not take the lead, so it claims nothing.',
  closed: 'The lead was won or lost already.',
};
