import type { Rejection } from '@lead-rotator/event-sourcing';
import type { Condition } from '@lead-rotator/lead-events';
import type { Distribution } from '../distribution.ts';
import { leadFields } from '../lead-facts.ts';
import { invalid } from '../refusal.ts';

/** Where a condition stands decides what it may say. */
export interface ConditionPlace {
  /** `inMember` compares with the member's own attribute. */
  readonly inMemberFilter?: boolean;
  readonly inTerritory?: boolean;
}

/** What a comparison compares with. */
interface Comparand {
  readonly what: string;
  fits(value: unknown): boolean;
}

const isPlain = (value: unknown): boolean => ['string', 'number', 'boolean'].includes(typeof value);
const plain: Comparand = { what: 'a text, a number, true or false', fits: isPlain };
const text: Comparand = { what: 'a text', fits: (value) => typeof value === 'string' };
const list: Comparand = {
  what: 'a list of texts or numbers',
  fits: (value) => Array.isArray(value) && value.every(isPlain),
};
const yesOrNo: Comparand = { what: 'true or false', fits: (value) => typeof value === 'boolean' };

const comparisons: ReadonlyMap<string, Comparand> = new Map([
  ['is', plain],
  ['isNot', plain],
  ['in', list],
  ['startsWith', plain],
  ['contains', plain],
  ['matches', text],
  ['above', plain],
  ['atLeast', plain],
  ['below', plain],
  ['atMost', plain],
  ['exists', yesOrNo],
  ['during', text],
  ['inMember', text],
]);

/** The first thing in a condition that cannot be; undefined if there is none. */
export function faultsOfCondition(
  distribution: Distribution,
  condition: Condition,
  place: ConditionPlace,
  path = '',
): Rejection<'invalid'> | undefined {
  const under = (key: string): string => (path === '' ? key : `${path}.${key}`);
  if (typeof condition !== 'object' || condition === null) return invalid(path, 'must be a condition');
  const keys = Object.keys(condition);
  for (const list of ['all', 'any'] as const) {
    const parts = (condition as Record<string, unknown>)[list];
    if (parts === undefined) continue;
    if (keys.length > 1 || !Array.isArray(parts)) return invalid(under(list), 'must be a list, and stand alone');
    for (const [index, part] of parts.entries()) {
      const fault = faultsOfCondition(distribution, part, place, under(`${list}.${index}`));
      if (fault !== undefined) return fault;
    }
    return undefined;
  }
  if ('not' in condition) {
    if (keys.length > 1) return invalid(under('not'), 'must stand alone');
    return faultsOfCondition(distribution, condition.not, place, under('not'));
  }
  return faultOfComparison(distribution, condition as Record<string, unknown>, place, under);
}

function faultOfComparison(
  distribution: Distribution,
  test: Record<string, unknown>,
  place: ConditionPlace,
  under: (key: string) => string,
): Rejection<'invalid'> | undefined {
  const { field, during } = test;
  const known = typeof field === 'string' && (leadFields.has(field) || /^attributes\../.test(field));
  if (!known) return invalid(under('field'), `must be one of ${[...leadFields].join(', ')} or attributes.<name>`);
  if (field === 'territory' && place.inTerritory) return invalid(under('field'), 'a territory names no territories');
  const keys = Object.keys(test).filter((key) => key !== 'field');
  const unknown = keys.find((key) => !comparisons.has(key));
  if (unknown !== undefined) return invalid(under(unknown), `must be one of ${[...comparisons.keys()].join(', ')}`);
  if (keys.length === 0) return invalid(under('is'), `there must be one of ${[...comparisons.keys()].join(', ')}`);
  for (const key of keys) {
    const { fits, what } = comparisons.get(key) ?? plain;
    if (!fits(test[key])) return invalid(under(key), `must be ${what}`);
  }
  if (during !== undefined && !distribution.calendars.has(String(during))) {
    return invalid(under('during'), `there is no calendar ${String(during)}`);
  }
  if ('inMember' in test && !place.inMemberFilter) return invalid(under('inMember'), "only in a member's filter");
  if (field === 'territory') return faultOfTerritories(distribution, test, under);
  return undefined;
}

function faultOfTerritories(
  distribution: Distribution,
  test: Record<string, unknown>,
  under: (key: string) => string,
): Rejection<'invalid'> | undefined {
  for (const key of ['is', 'isNot', 'in']) {
    for (const name of [test[key]].flat()) {
      if (name !== undefined && !distribution.territories.has(String(name))) {
        return invalid(under(key), `there is no territory ${String(name)}`);
      }
    }
  }
  return undefined;
}
