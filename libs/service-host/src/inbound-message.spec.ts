import { describe, expect, it } from '@jest/globals';
import type { IncomingMessage } from '@lead-rotator/event-bus';
import { readInboundMessage } from './inbound-message.ts';

const lead = { source: 'facebook', email: 'kim@lead.example' };
const traceparent = '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01';
const binary = { ce_specversion: '1.0', ce_id: 'ce-1', ce_source: '/ads', ce_type: 'LeadSubmitted' };
const structured = { specversion: '1.0', id: 'ce-2', source: '/ads', type: 'LeadSubmitted' };

function message(value: unknown, headers: Record<string, string> = {}): IncomingMessage {
  return {
    topic: 'leads.inbound',
    partition: 0,
    offset: 0n,
    timestamp: 0,
    key: null,
    value: typeof value === 'string' ? Buffer.from(value) : Buffer.from(JSON.stringify(value)),
    headers: Object.fromEntries(Object.entries(headers).map(([name, text]) => [name, Buffer.from(text)])),
  };
}

describe('a message of a way in', () => {
  it('is a bare lead', () => {
    expect(readInboundMessage(message(lead))).toMatchObject({
      organizationId: 'default',
      data: lead,
      cloudEventId: undefined,
      traceparent: undefined,
    });
  });

  it('is a CloudEvent in binary mode', () => {
    expect(readInboundMessage(message(lead, { ...binary, traceparent, organization: 'acme' }))).toMatchObject({
      organizationId: 'acme',
      data: lead,
      cloudEventId: 'ce-1',
      traceparent,
    });
  });

  it('is a CloudEvent in structured mode, with or without its content type', () => {
    const expected = { organizationId: 'default', data: lead, cloudEventId: 'ce-2', traceparent };
    const event = { ...structured, traceparent, data: lead };
    const contentType = { 'content-type': 'application/cloudevents+json; charset=utf-8' };
    expect(readInboundMessage(message(event, contentType))).toMatchObject(expected);
    expect(readInboundMessage(message(event))).toMatchObject(expected);
  });

  it('is a structured CloudEvent with its data in base64', () => {
    const data_base64 = Buffer.from(JSON.stringify(lead)).toString('base64');
    expect(readInboundMessage(message({ ...structured, data_base64 }))).toMatchObject({
      data: lead,
      cloudEventId: 'ce-2',
    });
  });

  it('is of the time that its CloudEvent has, and of none when that has none', () => {
    const ce_time = '2026-01-05T09:00:00+01:00';
    expect(readInboundMessage(message(lead, { ...binary, ce_time })).cloudEventTime).toBe(ce_time);
    expect(readInboundMessage(message(lead, binary)).cloudEventTime).toBeUndefined();
    expect(readInboundMessage(message(structured)).cloudEventTime).toBeUndefined();
  });

  it.each([
    ['no JSON', message('{"source":'), 'the value is not JSON in UTF-8'],
    ['no text', { ...message(''), value: Buffer.from([0x22, 0xff, 0x22]) }, 'the value is not JSON in UTF-8'],
    ['empty', message(''), 'the message has no value'],
    ['a tombstone', { ...message(''), value: null }, 'the message has no value'],
    ['too large', message({ note: 'x'.repeat(70_000) }), 'the message is 70011 bytes large; at most 65536 are taken'],
    ['of no organization', message(lead, { organization: 'a b' }), 'the header organization is not the id of one'],
    ['half a CloudEvent', message(lead, { ...binary, ce_source: '' }), 'not a CloudEvent 1.0: source is missing'],
    [
      'of an older version',
      message({ ...structured, specversion: '0.3' }),
      'not a CloudEvent 1.0: its specversion is another',
    ],
    ['a CloudEvent at no time', message(lead, { ...binary, ce_time: 'noon' }), 'not a CloudEvent 1.0'],
    [
      'a CloudEvent at a time of no zone',
      message(lead, { ...binary, ce_time: '2026-01-05T09:00:00' }),
      'not a CloudEvent 1.0: its time is no instant',
    ],
    ['a CloudEvent at an empty time', message(lead, { ...binary, ce_time: '' }), 'its time is no instant'],
  ])('cannot be read when it is %s', (_, broken, reason) => {
    expect(() => readInboundMessage(broken)).toThrow(reason);
  });

  it.each([
    ['an id that is no UTF-8', Buffer.from([0x61, 0xff]), 'the header ce_id is not a text in UTF-8'],
    ['an id that nobody would write', Buffer.alloc(501, 'a'), 'the id is 501 characters long; at most 500 are taken'],
  ])('cannot be read when it has %s', (_, id, reason) => {
    const one = message(lead, binary);
    expect(() => readInboundMessage({ ...one, headers: { ...one.headers, ce_id: id } })).toThrow(reason);
  });
});
