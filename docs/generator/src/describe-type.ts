import type { JsonSchema } from './json-schema.ts';
import { shapeName } from './shapes.ts';

/** What a field can hold, in words: `text`, `whole number ≥ 1`, ``one of `a`, `b` ``, `list of [turn](#turn)`. */
export function describeType(schema: JsonSchema): string {
  const shape = shapeName(schema);
  return shape === undefined ? describeParts(schema) : `[${shape}](#${shape.toLowerCase()})`;
}

/** As `describeType`, but spells a shape out in place of its name. */
export function describeParts(schema: JsonSchema): string {
  if (schema.const !== undefined) return code(schema.const);
  if (schema.enum !== undefined) return list(schema.enum.map(code));
  if (schema.anyOf !== undefined) return list(schema.anyOf.map(describeType));
  if (schema.type === 'array') return `list of ${describeType(schema.items ?? {})}${limit(schema)}`;
  if (schema.type === 'object') return describeObject(schema);
  if (schema.type === 'string') return { 'date-time': 'instant', date: 'date' }[schema.format ?? ''] ?? 'text';
  if (schema.type === 'integer') return `whole number${bounds(schema)}`;
  if (schema.type === 'number') return `number${bounds(schema)}`;
  if (schema.type === 'boolean') return '`true` or `false`';
  return 'anything';
}

function describeObject(schema: JsonSchema): string {
  const [values] = Object.values(schema.patternProperties ?? {});
  if (values !== undefined) return `map of name to ${describeType(values)}`;
  if (schema.properties === undefined) return 'object';
  const fields = Object.entries(schema.properties).map(([name, value]) => {
    const optional = schema.required?.includes(name) ? '' : '?';
    return `${name}${optional}: ${describeType(value)}`;
  });
  return `{ ${fields.join('; ')} }`;
}

const code = (value: unknown): string => `\`${typeof value === 'string' ? value : JSON.stringify(value)}\``;

function list(parts: readonly string[]): string {
  return parts.length < 2 ? (parts[0] ?? 'nothing') : `${parts.slice(0, -1).join(', ')} or ${parts.at(-1)}`;
}

function bounds({ minimum, exclusiveMinimum, maximum }: JsonSchema): string {
  if (exclusiveMinimum !== undefined) return ` > ${exclusiveMinimum}`;
  if (minimum !== undefined && maximum !== undefined) return ` from ${minimum} to ${maximum}`;
  return minimum === undefined ? '' : ` ≥ ${minimum}`;
}

const limit = ({ maxItems }: JsonSchema): string => (maxItems === undefined ? '' : `, at most ${maxItems}`);
