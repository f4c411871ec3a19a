import type { TSchema } from 'typebox';

type Schema = TSchema & { readonly type?: unknown; readonly enum?: unknown; readonly const?: unknown };
type Parts = { anyOf?: Schema[]; properties?: Record<string, Schema>; items?: Schema };

/**
 * A schema in which each choice between alternatives is made as the value suggests, so that its faults are those of the
 * one that was meant, and not of all the others too (twelve strategies have twelve `type`s that it is not).
 */
export function narrowSchema(schema: Schema, value: unknown): Schema {
  const { anyOf, properties, items, ...rest } = schema as Parts;
  if (Array.isArray(anyOf)) return narrowSchema(alternativeFor(anyOf, value), value);
  if (items !== undefined && Array.isArray(value)) {
    return { ...rest, prefixItems: value.map((item) => narrowSchema(items, item)) } as unknown as Schema;
  }
  if (properties === undefined || !isObject(value)) return schema;
  const narrowed = Object.entries(properties).map(([name, inner]) => [name, narrowSchema(inner, value[name])]);
  return { ...rest, properties: Object.fromEntries(narrowed) } as unknown as Schema;
}

/** Of the alternatives the one that the value is likest to. */
function alternativeFor(alternatives: readonly Schema[], value: unknown): Schema {
  if (value === null) return alternatives.find(({ type }) => type === 'null') ?? wordsOf(alternatives);
  const objects = alternatives.filter(({ type }) => type === 'object');
  const others = alternatives.filter(({ type }) => type !== 'object' && type !== 'null');
  if (!isObject(value) || objects.length === 0) {
    const named = others.find((one) => Array.isArray(one.enum) && one.enum.includes(value));
    const detailed = named ?? objects.find((one) => typeOf(one) !== undefined && typeOf(one) === value);
    if (detailed !== undefined) return detailed;
    const [only = objects[0]] = others;
    return others.length < 2 && only !== undefined ? only : wordsOf(alternatives);
  }
  const types = objects.map(typeOf).filter((type) => type !== undefined);
  if (types.length === objects.length) {
    return objects.find((one) => typeOf(one) === value.type) ?? ofType(types);
  }
  const likeness = (one: Schema) => Object.keys(value).filter((key) => key in propertiesOf(one)).length;
  const [likest] = objects.toSorted((one, other) => likeness(other) - likeness(one));
  return likest !== undefined && likeness(likest) > 0 ? likest : oneOf(objects);
}

/** All words that are allowed among the alternatives; the alternatives as they are if there are none. */
function wordsOf(alternatives: readonly Schema[]): Schema {
  const words = alternatives.flatMap((one) => (Array.isArray(one.enum) ? one.enum : []));
  return (words.length > 0 ? { enum: words } : { type: alternatives.map(({ type }) => type) }) as unknown as Schema;
}

/** Something of one of the alternatives, where it is not to be seen which. */
const oneOf = (alternatives: readonly Schema[]): Schema =>
  ({
    type: 'object',
    minProperties: 1,
    additionalProperties: false,
    properties: Object.assign({}, ...alternatives.map(propertiesOf)),
  }) as unknown as Schema;

const ofType = (types: readonly string[]): Schema =>
  ({ type: 'object', required: ['type'], properties: { type: { enum: types } } }) as unknown as Schema;

const propertiesOf = (schema: Schema): Readonly<Record<string, Schema>> =>
  (schema as { properties?: Record<string, Schema> }).properties ?? {};

const typeOf = (schema: Schema): string | undefined => propertiesOf(schema).type?.const as string | undefined;

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
