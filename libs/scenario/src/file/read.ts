import { nearestWord } from '@lead-rotator/rotation';
import { ScenarioFault } from './fault.ts';

/** Takes a value of the file at a path for what it should be. @throws ScenarioFault if it is something else. */
export type Read<Value> = (value: unknown, path: string) => Value;

const under = (path: string, key: string | number): string =>
  typeof key === 'number' ? `${path}[${key}]` : path === '' ? key : `${path}.${key}`;

export const text: Read<string> = (value, path) => {
  if (typeof value === 'string' && value !== '') return value;
  if (typeof value === 'number') return String(value);
  throw new ScenarioFault(path, value, 'a text');
};

export const yes: Read<boolean> = (value, path) => {
  if (typeof value === 'boolean') return value;
  throw new ScenarioFault(path, value, 'true or false');
};

export const anything: Read<unknown> = (value) => value;

/** A whole number from `least` on. */
export const whole =
  (least = Number.MIN_SAFE_INTEGER): Read<number> =>
  (value, path) => {
    if (typeof value === 'number' && Number.isSafeInteger(value) && value >= least) return value;
    throw new ScenarioFault(
      path,
      value,
      least === Number.MIN_SAFE_INTEGER ? 'a whole number' : `a whole number from ${least} on`,
    );
  };

export const number: Read<number> = (value, path) => {
  if (typeof value === 'number' && Number.isFinite(value)) return value;
  throw new ScenarioFault(path, value, 'a number');
};

export const oneOf =
  <const Word extends string>(...words: Word[]): Read<Word> =>
  (value, path) => {
    if (words.includes(value as Word)) return value as Word;
    throw new ScenarioFault(
      path,
      value,
      words.join(', '),
      typeof value === 'string' ? nearestWord(value, words) : undefined,
    );
  };

const units: Record<string, number> = { s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 };

/** `30s`, `15m`, `24h`, `2d`, in milliseconds. */
export const duration: Read<number> = (value, path) => {
  const match = /^(\d+(?:\.\d+)?)([smhd])$/.exec(typeof value === 'string' ? value : '');
  if (match !== null) return Math.round(Number(match[1]) * (units[match[2] ?? ''] ?? 0));
  throw new ScenarioFault(path, value, 'a time such as 30s, 15m, 24h or 2d');
};

/** `2026-01-05T09:00:00Z`, in milliseconds. */
export const instant: Read<number> = (value, path) => {
  const known =
    typeof value === 'string' && /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:?\d\d)$/.test(value);
  const at = known ? Date.parse(value) : Number.NaN;
  if (!Number.isNaN(at)) return at;
  throw new ScenarioFault(path, value, 'a time such as 2026-01-05T09:00:00Z');
};

export const listOf =
  <Value>(read: Read<Value>): Read<Value[]> =>
  (value, path) => {
    if (!Array.isArray(value)) throw new ScenarioFault(path, value, 'a list');
    return value.map((one, index) => read(one, under(path, index)));
  };

/** A map with any keys. */
export const mapOf =
  <Value>(read: Read<Value>): Read<Record<string, Value>> =>
  (value, path) =>
    Object.fromEntries(entriesOf(value, path).map(([key, one]) => [key, read(one, under(path, key))]));

/** A key that may be missing. */
export interface Optional<Value> {
  readonly optional: Read<Value>;
}
export const optional = <Value>(read: Read<Value>): Optional<Value> => ({ optional: read });

type Shape = Record<string, Read<unknown> | Optional<unknown>>;
type OptionalKeys<Fields> = {
  [Key in keyof Fields]: Fields[Key] extends Optional<unknown> ? Key : never;
}[keyof Fields];
export type Shaped<Fields> = {
  [Key in Exclude<keyof Fields, OptionalKeys<Fields>>]: Fields[Key] extends Read<infer Value> ? Value : never;
} & { [Key in OptionalKeys<Fields>]?: Fields[Key] extends Optional<infer Value> ? Value : never };

/** A map with these keys and no others. */
export const shape =
  <Fields extends Shape>(fields: Fields): Read<Shaped<Fields>> =>
  (value, path) => {
    const found = Object.fromEntries(entriesOf(value, path));
    const keys = Object.keys(fields);
    for (const key of Object.keys(found)) {
      if (!Object.hasOwn(fields, key)) throw new ScenarioFault(path, key, keys.join(', '), nearestWord(key, keys));
    }
    const read: Record<string, unknown> = {};
    for (const [key, field] of Object.entries(fields)) {
      const one = found[key];
      if (typeof field === 'function') read[key] = field(one, under(path, key));
      else if (one !== undefined) read[key] = field.optional(one, under(path, key));
    }
    return read as Shaped<Fields>;
  };

/** A bare text, or a map. */
export const textOr =
  <Value>(ofText: (text: string, path: string) => Value, ofMap: Read<Value>): Read<Value> =>
  (value, path) =>
    typeof value === 'string' || typeof value === 'number' ? ofText(String(value), path) : ofMap(value, path);

export function entriesOf(value: unknown, path: string): [string, unknown][] {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return Object.entries(value);
  throw new ScenarioFault(path, value, 'a map');
}
