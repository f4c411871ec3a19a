import type { Expectation } from '../file/read-expect.ts';
import type { ScenarioResult } from './result.ts';

/** Something that came out otherwise than expected. */
export interface Difference {
  /** Place in `expect`, or in the steps. */
  readonly path: string;
  readonly expected: unknown;
  readonly found: unknown;
  /** Of a step that was refused. */
  readonly because?: string;
}

/** Lists of leads are exact in any order, other lists in order; of maps, what is named is compared. */
export function differencesOf(expect: Expectation, result: ScenarioResult): Difference[] {
  const differences: Difference[] = [];
  for (const [part, expected] of Object.entries(expect)) {
    const found = result[part as keyof ScenarioResult];
    if (Array.isArray(expected))
      compare(`expect.${part}`, [...expected].sort(), [...(found as string[])].sort(), differences);
    else compare(`expect.${part}`, expected, found, differences);
  }
  return differences;
}

function compare(path: string, expected: unknown, found: unknown, differences: Difference[]): void {
  if (typeof expected === 'object' && expected !== null && !Array.isArray(expected)) {
    const inside = (typeof found === 'object' && found !== null ? found : {}) as Record<string, unknown>;
    for (const [key, value] of Object.entries(expected)) compare(`${path}.${key}`, value, inside[key], differences);
    return;
  }
  if (JSON.stringify(expected) !== JSON.stringify(found)) differences.push({ path, expected, found: found ?? null });
}
