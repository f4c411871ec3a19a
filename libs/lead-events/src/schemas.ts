import { eventDefinitions } from './event-definitions.ts';

/** The address of the JSON Schema of an event's data, as `ce_dataschema` names it. */
export const schemaUri = (type: string, version: number): string =>
  `https://lead-rotator.dev/schemas/${type}/${version}.json`;

/** JSON Schemas (2020-12) of the data of all events in their newest version, each with its `$id`. */
export const eventSchemas: readonly Record<string, unknown>[] = Object.values(eventDefinitions).map((definition) => ({
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  $id: schemaUri(definition.type, definition.version),
  title: definition.type,
  description: definition.about,
  ...definition.data,
}));
