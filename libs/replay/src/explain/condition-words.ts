import type { Comparison, Condition } from '@lead-rotator/lead-events';

/** A condition in words; `holds`: of alternatives, name only those that hold. */
export function conditionWords(condition: Condition, holds: (part: Condition) => boolean = () => true): string {
  if ('all' in condition) return condition.all.map((part) => inner(part, holds)).join(' and ') || 'always';
  if ('any' in condition) {
    const held = condition.any.filter(holds);
    return (held.length === 0 ? condition.any : held).map((part) => inner(part, holds)).join(' or ') || 'never';
  }
  if ('not' in condition) return `not (${conditionWords(condition.not)})`;
  return comparisonWords(condition);
}

const inner = (condition: Condition, holds: (part: Condition) => boolean): string =>
  'all' in condition || 'any' in condition ? `(${conditionWords(condition, holds)})` : conditionWords(condition, holds);

const verbs: readonly (readonly [keyof Comparison, (value: never) => string])[] = [
  ['is', (value: unknown) => `is ${value}`],
  ['isNot', (value: unknown) => `is not ${value}`],
  ['in', (values: unknown[]) => `is one of ${values.join(', ')}`],
  ['startsWith', (value: unknown) => `starts with ${value}`],
  ['contains', (value: unknown) => `contains ${value}`],
  ['matches', (value: unknown) => `looks like ${value}`],
  ['above', (value: unknown) => `is above ${value}`],
  ['atLeast', (value: unknown) => `is at least ${value}`],
  ['below', (value: unknown) => `is below ${value}`],
  ['atMost', (value: unknown) => `is at most ${value}`],
  ['exists', (value: boolean) => (value ? 'is known' : 'is not known')],
  ['during', (value: unknown) => `is during ${value}`],
  ['inMember', (value: unknown) => `is among their ${value}`],
];

function comparisonWords(comparison: Comparison): string {
  const said = verbs.flatMap(([verb, say]) => (comparison[verb] === undefined ? [] : [say(comparison[verb] as never)]));
  return `${comparison.field} ${said.join(' and ')}`;
}
