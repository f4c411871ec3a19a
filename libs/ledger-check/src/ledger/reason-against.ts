import type { PassOverReason } from '@lead-rotator/lead-events';
import { filterHolds } from './filter-holds.ts';
import { isAway } from './is-away.ts';
import type { LeadRecord } from './lead-record.ts';
import type { MemberRecord } from './member-record.ts';
import type { Question } from './question.ts';
import type { UserRecord } from './user-record.ts';

/** `unknown`: it hangs on personal data that is sealed or erased, and only the event says how it came out. */
export type Verdict = PassOverReason | 'unknown' | undefined;

/** Why a member cannot have a turn, by a second reading of the rules; undefined: eligible. */
export function reasonAgainst(question: Question, member: MemberRecord): Verdict {
  const user = question.ledger.users.get(member.userId);
  if (user?.active !== true) return 'inactive';
  if (member.paused) return 'paused';
  return absence(question, user) ?? reasonAgainstPresent(question, member);
}

/** As `reasonAgainst`, but absence is no reason, as under `whenNobody: ignore-availability`; being inactive still is. */
export function reasonAgainstPresent(question: Question, member: MemberRecord): Verdict {
  const user = question.ledger.users.get(member.userId);
  if (user?.active !== true) return 'inactive';
  const suits = filterHolds(question, member, user);
  if (suits === false) return 'filtered';
  const reason = limit(question, member, user) ?? past(question.lead, member);
  return suits === 'unknown' ? 'unknown' : reason;
}

function absence({ ledger, at }: Question, user: UserRecord): PassOverReason | undefined {
  if (user.away.length > 0 || user.hours !== undefined) {
    const local = ledger.timeOf(user).at(at);
    if (user.away.some((period) => isAway(period, at, local))) return 'away';
    if (user.hours?.include(local) === false) return 'off-hours';
  }
  return user.switchedOn ? undefined : 'switched-off';
}

const capsInOrder: readonly PassOverReason[] = ['capped-hourly', 'capped-daily', 'capped-weekly', 'capped-monthly'];

function limit({ ledger, rotation, at }: Question, member: MemberRecord, user: UserRecord): PassOverReason | undefined {
  const caps = rotation.capsOf(member);
  const here = caps && member.turns.reached(caps, ledger.timeOf(rotation), at);
  const everywhere = user.turns.reached(user.caps, ledger.timeOf(user), at);
  const capped = capsInOrder.find((reason) => reason === here || reason === everywhere);
  if (capped !== undefined) return capped;
  return user.maxOpen > 0 && user.open >= user.maxOpen ? 'at-capacity' : undefined;
}

function past(lead: LeadRecord, member: MemberRecord): PassOverReason | undefined {
  if (lead.declined?.includes(member.userId) === true) return 'declined';
  return lead.hasHad(member.userId) ? 'had-it' : undefined;
}

/** The member is not there; says nothing about the lead. */
export const isAbsence = (reason: string): boolean =>
  ['inactive', 'paused', 'away', 'off-hours', 'switched-off'].includes(reason);

/** This lead does not suit the member; the next one may. */
export const isUnsuited = (reason: string): boolean => ['filtered', 'declined', 'had-it'].includes(reason);

/** A limit on how many leads somebody is given by turns. */
export const isCap = (reason: string): boolean => reason.startsWith('capped-');
