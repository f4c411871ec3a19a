import type { Fault } from './fault.ts';

const deepest = 20;

/**
 * What JSON Schema cannot say of the texts in a value: they hold no U+0000, which PostgreSQL cannot store, and no half
 * of a surrogate pair, which is no text at all; and values are nested no deeper than 20.
 */
export function textFaults(value: unknown, path = '', depth = 0): Fault[] {
  if (typeof value === 'string') {
    const message = faultOf(value);
    return message === undefined ? [] : [{ path, message }];
  }
  if (typeof value !== 'object' || value === null) return [];
  if (depth === deepest) return [{ path, message: `is nested deeper than ${deepest}` }];
  const faults: Fault[] = [];
  for (const [key, inner] of Object.entries(value)) {
    // Hardly any lead has a fault, and the paths of all its fields took longer than looking at them.
    const innerPath = () => `${path}/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`;
    const message = faultOf(key);
    if (message !== undefined) faults.push({ path: innerPath(), message: `the name of this field ${message}` });
    if (typeof inner === 'object') faults.push(...textFaults(inner, innerPath(), depth + 1));
    else if (typeof inner === 'string' && faultOf(inner) !== undefined) faults.push(...textFaults(inner, innerPath()));
  }
  return faults;
}

function faultOf(text: string): string | undefined {
  if (text.includes('\u0000')) return 'contains the character U+0000';
  return text.isWellFormed() ? undefined : 'contains half of a surrogate pair';
}
