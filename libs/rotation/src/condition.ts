import type { Comparison, Condition } from '@lead-rotator/lead-events';
import type { Distribution } from './distribution.ts';
import { fieldOf, type LeadFacts } from './lead-facts.ts';
import { covers, isOpen } from './schedule.ts';
import type { User } from './user.ts';

/** Whether a condition holds for a lead; in a member's filter, `user` is the member's. */
export function holds(distribution: Distribution, condition: Condition, lead: LeadFacts, user?: User): boolean {
  if ('all' in condition) return condition.all.every((one) => holds(distribution, one, lead, user));
  if ('any' in condition) return condition.any.some((one) => holds(distribution, one, lead, user));
  if ('not' in condition) return !holds(distribution, condition.not, lead, user);
  return condition.field === 'territory'
    ? compareTerritory(distribution, condition, lead, user)
    : compare(distribution, condition, fieldOf(lead, condition.field), user);
}

/** A lead may lie in several territories; a comparison holds if it holds for one of them (`isNot`: for none). */
function compareTerritory(distribution: Distribution, test: Comparison, lead: LeadFacts, user?: User): boolean {
  const inside = [...distribution.territories].filter(([, territory]) => holds(distribution, territory, lead, user));
  if (test.isNot !== undefined) return inside.every(([name]) => name !== test.isNot);
  if (test.exists !== undefined) return inside.length > 0 === test.exists;
  return inside.some(([name]) => compare(distribution, test, name, user));
}

function compare(distribution: Distribution, test: Comparison, value: unknown, user: User | undefined): boolean {
  const missing = value === undefined || value === null;
  if (test.exists !== undefined && test.exists === missing) return false;
  if (test.isNot !== undefined && !missing && isOrHas(value, test.isNot)) return false;
  if (missing) return !Object.keys(test).some((key) => key !== 'field' && key !== 'exists' && key !== 'isNot');
  if (test.is !== undefined && !isOrHas(value, test.is)) return false;
  if (test.in !== undefined && !test.in.some((one) => isOrHas(value, one))) return false;
  if (test.startsWith !== undefined && !String(value).startsWith(test.startsWith)) return false;
  if (test.contains !== undefined && !contains(value, test.contains)) return false;
  if (test.matches !== undefined && !matchesGlob(String(value), test.matches)) return false;
  if (test.above !== undefined && !(order(value, test.above) > 0)) return false;
  if (test.atLeast !== undefined && !(order(value, test.atLeast) >= 0)) return false;
  if (test.below !== undefined && !(order(value, test.below) < 0)) return false;
  if (test.atMost !== undefined && !(order(value, test.atMost) <= 0)) return false;
  if (test.during !== undefined && !isDuring(distribution, value, test.during)) return false;
  return test.inMember === undefined || isAmong(value, user?.attributes[test.inMember]);
}

const isOrHas = (value: unknown, wanted: unknown): boolean =>
  value === wanted || (Array.isArray(value) && value.includes(wanted));

const contains = (value: unknown, part: string): boolean =>
  Array.isArray(value) ? value.includes(part) : String(value).includes(part);

function isAmong(value: unknown, own: unknown): boolean {
  if (Array.isArray(value)) return value.some((one) => isAmong(one, own));
  return own !== undefined && isOrHas(own, value);
}

/** Above 0: greater; NaN, for which every comparison is false, if the two are not of one kind. Times compare as instants. */
function order(value: unknown, limit: unknown): number {
  if (typeof value === 'number') return value - (typeof limit === 'string' ? toNumber(limit) : Number(limit));
  if (typeof value === 'string' && typeof limit === 'number') return toNumber(value) - limit;
  if (typeof value !== 'string' || typeof limit !== 'string') return Number.NaN;
  return value === limit ? 0 : value > limit ? 1 : -1;
}

function toNumber(text: string): number {
  const number = text.trim() === '' ? Number.NaN : Number(text);
  return Number.isNaN(number) ? Date.parse(text) : number;
}

/** Globs: `*` stands for any text, `?` for one character. Linear in the length of the text for each star. */
export function matchesGlob(text: string, glob: string): boolean {
  let at = 0;
  let star = -1;
  let resume = 0;
  for (let index = 0; index < text.length; ) {
    if (at < glob.length && (glob[at] === '?' || glob[at] === text[index]) && glob[at] !== '*') {
      at += 1;
      index += 1;
    } else if (glob[at] === '*') {
      star = at;
      at += 1;
      resume = index;
    } else if (star >= 0) {
      at = star + 1;
      resume += 1;
      index = resume;
    } else return false;
  }
  while (glob[at] === '*') at += 1;
  return at === glob.length;
}

function isDuring(distribution: Distribution, value: unknown, calendarId: string): boolean {
  const calendar = distribution.calendars.get(calendarId);
  const at = typeof value === 'number' ? value : Date.parse(String(value));
  if (calendar === undefined || Number.isNaN(at)) return false;
  const local = distribution.zone(calendar.timeZone).toLocal(at);
  if (calendar.holidays.some((holiday) => covers(holiday, at, local))) return false;
  return calendar.week === undefined || isOpen(calendar.week, local);
}
