import { createRequire } from 'node:module';
import { describe, expect, it } from '@jest/globals';
import { encodeEvent, toDeadLetter, toDeadLetterNote } from '@lead-rotator/event-bus';
import { eventDefinitions } from '@lead-rotator/lead-events';
import { signWebhook, structuredEvent } from '@lead-rotator/notification';
import { Ajv } from 'ajv';
import addFormats from 'ajv-formats';
import { asyncApi } from './asyncapi-document.ts';

const schema = createRequire(import.meta.url)('@asyncapi/specs/schemas/3.0.0.json');
const ajv = addFormats.default(new Ajv({ strict: false, allErrors: true, meta: false, validateSchema: false }));
const validate = ajv.compile(schema);
const document = () => JSON.parse(JSON.stringify(asyncApi()));

describe('the AsyncAPI document', () => {
  it('is valid by the schema of AsyncAPI 3.0', () => {
    validate(document());
    expect(validate.errors).toBeNull();
  });

  it('would not be if it said something wrong', () => {
    expect(validate({ ...document(), operations: { captureLead: { action: 'take' } } })).toBe(false);
  });

  it.each(Object.values(eventDefinitions))('has the headers and the value of $type as they are sent', (definition) => {
    const { type, version, sample } = definition;
    const circumstances = { position: 1, at: 0, organizationId: 'default', actor: 'service:x', cause: 'request:x' };
    const recorded = { type, version, data: sample, traceparent: '00-1-2-01', ...circumstances };
    const sent = encodeEvent(recorded as never, 'log');
    const { components } = document();
    const message = components.messages[type];
    expect(Object.keys(message.headers.properties).sort()).toEqual(Object.keys(sent.headers).sort());
    const payloads = addFormats.default(new Ajv({ strict: false, allErrors: true }));
    const valid = (schema: object, value: unknown) => payloads.validate(schema, value);
    expect(valid(message.headers, sent.headers)).toBe(true);
    expect(valid(components.schemas[type], JSON.parse(String(sent.value)))).toBe(true);
  });

  it('has the headers of a dead letter as they are written', () => {
    const place = { topic: 'leads.inbound', partition: 3, offset: 812n, timestamp: 0 };
    const message = { ...place, key: null, value: null, headers: {} };
    const facts = { reason: 'no JSON', count: 1, at: 0 };
    const [letter, note] = [toDeadLetter(message, facts), toDeadLetterNote(message, facts)];
    const { properties } = document().components.messages.deadLetter.headers;
    expect(Object.keys(properties)).toEqual(Object.keys(note.headers));
    expect(Object.keys(properties)).toEqual(expect.arrayContaining(Object.keys(letter.headers)));
  });

  it.each(Object.values(eventDefinitions))('has $type as the body of a webhook', ({ type, version, sample }) => {
    const circumstances = { position: 1, at: 0, organizationId: 'default', actor: 'service:x', cause: 'request:x' };
    const recorded = { type, version, data: sample, traceparent: '00-1-2-01', ...circumstances };
    const body = JSON.parse(structuredEvent(encodeEvent(recorded as never, 'log')));
    const { payload } = document().components.messages.webhook;
    expect(Object.keys(payload.properties).sort()).toEqual(Object.keys(body).sort());
    expect(addFormats.default(new Ajv({ strict: false })).validate(payload, body)).toBe(true);
  });

  it('has the headers of a webhook as they are sent', () => {
    const { properties } = document().components.messages.webhook.headers;
    expect(Object.keys(properties)).toEqual(Object.keys(signWebhook({ id: '1', timestamp: 1, body: '' }, [])));
  });

  it('refers only to what it contains', () => {
    const whole = document();
    const references = [...JSON.stringify(whole).matchAll(/"\$ref":"#\/([^"]+)"/g)].map(([, path = '']) => path);
    const lost = references.filter(
      (path) => path.split('/').reduce((place, step) => place?.[step.replaceAll('~1', '/')], whole) === undefined,
    );
    expect(references.length).toBeGreaterThan(0);
    expect(lost).toEqual([]);
  });
});
