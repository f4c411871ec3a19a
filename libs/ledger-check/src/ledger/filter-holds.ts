import type { Comparison, Condition } from '@lead-rotator/lead-events';
import type { MemberRecord } from './member-record.ts';
import type { Question } from './question.ts';
import type { UserRecord } from './user-record.ts';

type Truth = boolean | 'unknown';

/** Fields that are sealed in the log. */
const personal = /^(email|phone|attributes\.)/;

/** Whether a lead suits a member by the member's own condition. */
export function filterHolds(question: Question, member: MemberRecord, user: UserRecord): Truth {
  const { filter } = member.settings;
  return filter === undefined || holds(filter, question, user);
}

function holds(condition: Condition, question: Question, user: UserRecord): Truth {
  if ('all' in condition) return and(condition.all.map((part) => holds(part, question, user)));
  if ('any' in condition) return not(and(condition.any.map((part) => not(holds(part, question, user)))));
  if ('not' in condition) return not(holds(condition.not, question, user));
  return compare(condition, question, user);
}

const not = (truth: Truth): Truth => (truth === 'unknown' ? truth : !truth);

function and(truths: readonly Truth[]): Truth {
  if (truths.includes(false)) return false;
  return truths.includes('unknown') ? 'unknown' : true;
}

function compare(comparison: Comparison, { lead }: Question, user: UserRecord): Truth {
  const { facts } = lead;
  const { field } = comparison;
  if (facts === undefined || field === 'territory' || comparison.during !== undefined) return 'unknown';
  if (Object.keys(comparison).length !== 2) return 'unknown';
  if (field === 'status' || field === 'receivedAt' || personal.test(field)) return 'unknown';
  const value = (facts as Readonly<Record<string, unknown>>)[field];
  if (comparison.exists !== undefined) return (value !== undefined) === comparison.exists;
  if (comparison.isNot !== undefined) return value !== comparison.isNot;
  if (value === undefined) return false;
  if (comparison.is !== undefined) return value === comparison.is;
  if (comparison.in !== undefined) return comparison.in.some((one) => one === value);
  if (comparison.startsWith !== undefined) return String(value).startsWith(comparison.startsWith);
  if (comparison.inMember !== undefined) return [user.attributes[comparison.inMember]].flat().includes(value);
  return 'unknown';
}
