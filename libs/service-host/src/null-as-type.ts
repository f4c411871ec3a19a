/**
 * A document with `null` as one of the types of a schema, as OpenAPI 3.1 has it, in place of `nullable`, which the
 * decorators still write and which says nothing any more.
 */
export function nullAsType<Value>(value: Value): Value {
  if (Array.isArray(value)) return value.map(nullAsType) as Value;
  if (typeof value !== 'object' || value === null) return value;
  const { nullable, ...schema } = Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [name, nullAsType(inner)]),
  );
  if (nullable === undefined) return schema as Value;
  return (
    nullable === true && typeof schema.type === 'string' ? { ...schema, type: [schema.type, 'null'] } : schema
  ) as Value;
}
