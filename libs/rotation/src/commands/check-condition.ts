import type { Rejection } from '@lead-rotator/event-sourcing';
import type { Condition } from '@lead-rotator/lead-events';
import { toNumber } from '../condition.ts';
import type { Distribution } from '../distribution.ts';
import { leadFields } from '../lead-facts.ts';
import { invalid } from '../refusal.ts';
import { nearestWord } from './nearest-word.ts';

/** Where a condition stands decides what it may say. */
export interface ConditionPlace {
  /** `inMember` compares with the member's own attribute. */
  readonly inMemberFilter?: boolean;
  readonly inTerritory?: boolean;
}

const isPlain = (value: unknown): boolean =>
  typeof value === 'string' || typeof value === 'boolean' || (typeof value === 'number' && Number.isFinite(value));

const kinds = {
  'a text, a number, true or false': isPlain,
  'a list of texts or numbers': (value: unknown) => Array.isArray(value) && value.every(isPlain),
  'a text': (value: unknown) => typeof value === 'string' || typeof value === 'number',
  'a number or a time': (value: unknown) => isPlain(value) && typeof value !== 'boolean',
  'true or false': (value: unknown) => typeof value === 'boolean',
};

const comparisons: Readonly<Record<string, keyof typeof kinds>> = {
  is: 'a text, a number, true or false',
  isNot: 'a text, a number, true or false',
  in: 'a list of texts or numbers',
  startsWith: 'a text',
  contains: 'a text',
  matches: 'a text',
  above: 'a number or a time',
  atLeast: 'a number or a time',
  below: 'a number or a time',
  atMost: 'a number or a time',
  exists: 'true or false',
  during: 'a text',
  inMember: 'a text',
};

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
  if (!known) {
    const meant = nearestWord(String(field), [...leadFields]);
    const fields = `must be one of ${[...leadFields].join(', ')} or attributes.<name>`;
    return invalid(under('field'), fields, { found: field, meant });
  }
  if (field === 'territory' && place.inTerritory) return invalid(under('field'), 'a territory names no territories');
  const keys = Object.keys(test).filter((key) => key !== 'field');
  const names = Object.keys(comparisons);
  if (keys.length === 0) return invalid(under('is'), `there must be one of ${names.join(', ')}`);
  for (const key of keys) {
    const kind = comparisons[key];
    if (kind === undefined) {
      const more = { found: key, meant: nearestWord(key, names) };
      return invalid(under(key), `must be one of ${names.join(', ')}`, more);
    }
    if (!kinds[kind](test[key])) return invalid(under(key), `must be ${kind}`, { found: test[key] });
  }
  const bound = ['above', 'atLeast', 'below', 'atMost'].find((key) => key in test && !isBound(field, test[key]));
  if (bound !== undefined) return invalid(under(bound), 'must be a number or a time', { found: test[bound] });
  if (during !== undefined && !distribution.calendars.has(String(during))) {
    const meant = nearestWord(String(during), [...distribution.calendars.keys()]);
    return invalid(under('during'), `there is no calendar ${String(during)}`, { found: during, meant });
  }
  if ('inMember' in test && !place.inMemberFilter) return invalid(under('inMember'), "only in a member's filter");
  if (field === 'territory') return faultOfTerritories(distribution, test, under);
  return undefined;
}

/** What is a number or a time is compared with one; of other fields texts are compared too. */
const isBound = (field: unknown, bound: unknown): boolean =>
  (field !== 'score' && field !== 'receivedAt') || typeof bound !== 'string' || !Number.isNaN(toNumber(bound));

function faultOfTerritories(
  distribution: Distribution,
  test: Record<string, unknown>,
  under: (key: string) => string,
): Rejection<'invalid'> | undefined {
  for (const key of ['is', 'isNot', 'in']) {
    for (const name of [test[key]].flat()) {
      if (name !== undefined && !distribution.territories.has(String(name))) {
        const meant = nearestWord(String(name), [...distribution.territories.keys()]);
        return invalid(under(key), `there is no territory ${String(name)}`, { found: name, meant });
      }
    }
  }
  return undefined;
}
