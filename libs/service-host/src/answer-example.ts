/** As much of a JSON Schema as answers are described with. */
export interface Schema {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly description?: string;
  readonly format?: string;
  readonly example?: unknown;
  readonly examples?: readonly unknown[];
  readonly default?: unknown;
  readonly minimum?: number;
  readonly minProperties?: number;
  readonly exclusiveMinimum?: number;
  readonly enum?: readonly unknown[];
  readonly required?: readonly string[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly items?: Schema;
  readonly allOf?: readonly Schema[];
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
}

const instant = '2026-01-05T09:00:00.000Z';
const formats: Readonly<Record<string, string>> = {
  uuid: '67cfd829-e890-51ef-b298-583e7ec90017',
  'date-time': instant,
  date: instant.slice(0, 10),
};

/** An object of which nothing is known but that it is not empty. */
const isFree = ({ minProperties, properties, example }: Schema): boolean =>
  minProperties !== undefined && properties === undefined && example === undefined;

/** An answer as a schema has it: the examples that its fields give, put together. */
export function answerExample(schema: Schema, schemas: Readonly<Record<string, Schema>>): unknown {
  if (schema.example !== undefined) return schema.example;
  const referred = schema.$ref === undefined ? undefined : schemas[schema.$ref.slice(schema.$ref.lastIndexOf('/') + 1)];
  const [part] = [referred, ...(schema.allOf ?? []), ...(schema.anyOf ?? []), ...(schema.oneOf ?? [])].filter(Boolean);
  if (part !== undefined) return answerExample(part, schemas);
  if (schema.enum !== undefined) return schema.enum[0];
  if (schema.default !== undefined) return schema.default;
  if (schema.properties !== undefined) {
    const shown = ([name, field]: [string, Schema]) => schema.required?.includes(name) || !isFree(field);
    const fields = Object.entries(schema.properties).filter(shown);
    return Object.fromEntries(fields.map(([name, field]) => [name, answerExample(field, schemas)]));
  }
  const type = [schema.type].flat()[0];
  if (type === 'array') return schema.items === undefined ? [] : [answerExample(schema.items, schemas)];
  if (type === 'string') return formats[schema.format ?? ''] ?? 'text';
  const number = schema.minimum ?? (schema.exclusiveMinimum ?? -1) + 1;
  return { integer: number, number, boolean: true, object: {} }[String(type)] ?? null;
}
