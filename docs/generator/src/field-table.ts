import { describeType } from './describe-type.ts';
import { table } from './document.ts';
import type { JsonSchema } from './json-schema.ts';

/** The fields of an object, one a row. */
export function fieldTable(schema: JsonSchema): string {
  const rows = Object.entries(schema.properties ?? {}).map(([name, field]) => [
    `\`${name}\``,
    schema.required?.includes(name) ? 'yes' : '',
    describeType(field),
    field.description ?? field.items?.description ?? '',
  ]);
  return table(['field', 'always', 'holds', 'meaning'], rows);
}
