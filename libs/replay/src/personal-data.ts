import type { Condition, Person } from '@lead-rotator/lead-events';
import { isPersonal } from '@lead-rotator/rotation';

type Territories = ReadonlyMap<string, Condition>;

/** Whether what a lead said of a person cannot be read: it was erased, or is sealed and was not opened. */
export const isErased = (person: Person): boolean => 'erased' in person || 'sealed' in person;

/** Whether a condition looks at what is gone when the person is forgotten. */
export function looksAtPerson(condition: Condition, territories: Territories): boolean {
  if ('all' in condition) return condition.all.some((one) => looksAtPerson(one, territories));
  if ('any' in condition) return condition.any.some((one) => looksAtPerson(one, territories));
  if ('not' in condition) return looksAtPerson(condition.not, territories);
  const { field } = condition;
  if (field === 'territory') return [...territories.values()].some((one) => looksAtPerson(one, new Map()));
  return isPersonal(field);
}
