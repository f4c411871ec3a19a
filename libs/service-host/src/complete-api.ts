import type { OpenAPIObject } from '@nestjs/swagger';
import { answerExample, type Schema } from './answer-example.ts';

type Content = Record<string, { schema?: Schema; example?: unknown }>;
type Answer = { description: string; content?: Content };
interface Parameter {
  readonly name: string;
  readonly in: string;
  description?: string;
  example?: unknown;
  readonly schema?: { readonly example?: unknown };
}
interface Operation {
  parameters?: Parameter[];
  readonly requestBody?: { readonly content?: Content };
  readonly responses: Record<string, Answer>;
}

/** What parameters are that stand in many paths; what an operation says of its own goes first. */
const parameters: Readonly<Record<string, { readonly description: string; readonly example: unknown }>> = {
  userId: { description: 'id of the user', example: 'ann' },
  rotationId: { description: 'id of the rotation', example: 'web' },
  leadId: {
    description: 'id of the lead, as the answer to sending it in has it',
    example: '67cfd829-e890-51ef-b298-583e7ec90017',
  },
  lead: { description: 'id of a lead', example: '67cfd829-e890-51ef-b298-583e7ec90017' },
  id: { description: 'its id', example: 'spring' },
  version: { description: 'number of the version', example: 1 },
  rotation: { description: 'id of a rotation', example: 'web' },
  notice: { description: 'kinds of notices, separated by commas', example: 'missed,exhausted' },
  format: { description: 'how it is written', example: 'json' },
  limit: { description: 'at most so many', example: 50 },
  cursor: { description: 'from the page before', example: '4211' },
  after: { description: '`next` of the page before', example: '1767603600000.1767602700000' },
  'X-Actor': { description: 'id of a user', example: 'mia' },
  traceparent: { description: 'W3C Trace Context', example: '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01' },
  'Idempotency-Key': { description: 'of the request', example: 'form-2026-01-05-17' },
};

const refusals: Readonly<
  Record<string, { readonly description: string; readonly code: string; readonly detail?: string }>
> = {
  '400': { description: 'invalid: every fault by its path', code: 'invalid' },
  '401': {
    description: 'no key, or one that is not known',
    code: 'unauthorized',
    detail: 'this key is not known, or is revoked',
  },
  '403': {
    description: 'not-allowed, with what would be needed',
    code: 'not-allowed',
    detail: 'That needs a manager or an admin.',
  },
  '404': {
    description: 'what the path names is not there',
    code: 'not-found',
    detail: 'there is nothing of that name',
  },
  '409': { description: 'it is not so that it could be done', code: 'taken', detail: 'Somebody has the lead: ann.' },
  '413': { description: 'the body is too large', code: 'too-large' },
  '503': { description: 'not possible now, and safe to send again', code: 'unavailable' },
};

const problemSchema: Schema = {
  type: 'object',
  description: 'Why something was not done (RFC 9457, `application/problem+json`).',
  required: ['type', 'title', 'status', 'code'],
  properties: {
    type: { type: 'string', example: 'urn:lead-rotator:problem:invalid' },
    title: { type: 'string' },
    status: { type: 'integer' },
    code: { type: 'string', description: 'what programs go by' },
    detail: { type: 'string', description: 'what is the matter, for a person' },
    faults: {
      type: 'array',
      items: {
        type: 'object',
        required: ['path', 'message'],
        properties: {
          path: {
            type: 'string',
            description:
              'JSON pointer into the body, empty: the whole; or the name of a query, a header or a part of the address, behind a slash',
          },
          message: { type: 'string', description: 'what is wrong, for a person' },
        },
      },
    },
    facts: { type: 'object', description: 'what the refusal rests on' },
  },
};

/**
 * A document in which each operation says of every parameter what it is, of every answer when it comes, and shows an
 * example of both: what decorators would have to repeat at eighty places.
 */
export function completeApi(document: OpenAPIObject): OpenAPIObject {
  const schemas = (document.components?.schemas ?? {}) as Record<string, Schema>;
  for (const [path, item] of Object.entries(document.paths)) {
    for (const [method, operation] of Object.entries(item as Record<string, Operation>)) {
      completeParameters(operation);
      completeAnswers(operation, method, path, schemas);
    }
  }
  return {
    ...document,
    components: { ...document.components, schemas: { ...schemas, Problem: problemSchema } as never },
  };
}

function completeParameters({ parameters: named = [] }: Operation): void {
  for (const parameter of named) {
    const known = parameters[parameter.name];
    if (known === undefined) continue;
    parameter.description ||= known.description;
    if (parameter.example === undefined && parameter.schema?.example === undefined) parameter.example = known.example;
  }
}

function completeAnswers(
  { requestBody, responses }: Operation,
  method: string,
  path: string,
  schemas: Readonly<Record<string, Schema>>,
): void {
  for (const content of Object.values(requestBody?.content ?? {})) {
    const { schema } = content;
    if (schema !== undefined && schema.examples === undefined) content.example ??= answerExample(schema, schemas);
  }
  if (requestBody !== undefined) responses['400'] ??= { description: '' };
  if (path.includes('{')) responses['404'] ??= { description: '' };
  for (const [status, answer] of Object.entries(responses)) {
    const refusal = refusals[status];
    if (refusal !== undefined) {
      answer.description ||= refusal.description;
      answer.content ??= problemContent(Number(status), refusal.code, refusal.detail);
      continue;
    }
    answer.description ||= method === 'get' ? 'as it is now' : 'done; as it is now';
    for (const [type, content] of Object.entries(answer.content ?? {})) {
      if (type === 'application/json' && content.schema !== undefined) {
        content.example ??= answerExample(content.schema, schemas);
      }
    }
  }
}

function problemContent(status: number, code: string, detail: string | undefined): Content {
  const faults = code === 'invalid' ? { faults: [{ path: '/name', message: 'is missing' }] } : {};
  const type = `urn:lead-rotator:problem:${code}`;
  const example = { type, title: 'refused', status, code, ...(detail === undefined ? {} : { detail }), ...faults };
  return { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' }, example } };
}
