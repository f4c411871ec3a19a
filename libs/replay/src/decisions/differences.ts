/** Something that was recorded in one way and comes out in another; what is not there is undefined. */
export interface FieldDifference {
  /** Place in the event's data, such as `turn.passedOver.0.reason`. */
  readonly path: string;
  readonly recorded: unknown;
  readonly expected: unknown;
}

/** Where two values of JSON differ; a field that is undefined is one that is not there. */
export function differencesOf(recorded: unknown, expected: unknown, path = ''): FieldDifference[] {
  if (recorded === expected) return [];
  if (!isCompound(recorded) || !isCompound(expected) || Array.isArray(recorded) !== Array.isArray(expected)) {
    return [{ path, recorded, expected }];
  }
  const keys = new Set([...Object.keys(recorded), ...Object.keys(expected)]);
  return [...keys].flatMap((key) => differencesOf(recorded[key], expected[key], path === '' ? key : `${path}.${key}`));
}

const isCompound = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;
