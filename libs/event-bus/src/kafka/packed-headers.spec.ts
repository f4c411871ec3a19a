import { createRequire } from 'node:module';
import { describe, expect, it } from '@jest/globals';
import type { Message } from 'kafkajs';
import type { OutgoingMessage } from '../event-bus.ts';
import { type PackedHeaders, packedHeaders } from './packed-headers.ts';
import { encodeProduceRequest } from './produce-request.ts';

const require = createRequire(import.meta.url);
const encodeRecord = require('kafkajs/src/protocol/recordBatch/record/v0') as (message: Message) => { buffer: Buffer };
const decodeRecord = require('kafkajs/src/protocol/recordBatch/record/v0/decoder') as (
  decoder: object,
  context: object,
) => { key: Buffer; value: Buffer; headers: PackedHeaders };
const Decoder = require('kafkajs/src/protocol/decoder') as new (buffer: Buffer) => { readVarInt(): number };

packedHeaders();

/** The only record of a request lies at its end. */
function read(message: OutgoingMessage) {
  const topicData = [{ topic: 't', partitions: [{ partition: 0, messages: [message as Message] }] }];
  const request = encodeProduceRequest({ acks: -1, timeout: 1, topicData }, 0);
  const empty = [{ topic: 't', partitions: [{ partition: 0, messages: [] }] }];
  return readRecord(request.subarray(encodeProduceRequest({ acks: -1, timeout: 1, topicData: empty }, 0).length));
}

function readRecord(record: Buffer) {
  const decoder = new Decoder(record);
  decoder.readVarInt();
  return decodeRecord(decoder, { firstOffset: 0, firstTimestamp: 0, magicByte: 2 });
}

const messages: [name: string, headers: OutgoingMessage['headers']][] = [
  ['none', {}],
  ["an event's", { ce_id: '12', ce_type: 'LeadAssigned' }],
  ['text beyond ASCII', { grüße: '日本語 🎉' }],
  ['bytes, an empty one and one without a value', { raw: Buffer.from([0, 255, 128]), empty: '', none: null, b: '1' }],
  ['long ones', { long: 'x'.repeat(20_000), b: 'y'.repeat(64) }],
  ['many', Object.fromEntries(Array.from({ length: 300 }, (_, n) => [`h${n}`, `${n}`]))],
  ['what every object inherits', JSON.parse('{"__proto__":"a","constructor":"b","toString":"c"}')],
];

describe('headers of a message that was read', () => {
  it.each(messages)('are those that were sent: %s', (_, headers) => {
    const found = read({ key: 'k', value: Buffer.from('v'), headers });
    const sent = Object.entries(headers).map(([name, value]) => [name, value === null ? null : Buffer.from(value)]);
    expect(Object.entries(found.headers.all())).toEqual(sent);
    expect(found.value).toEqual(Buffer.from('v'));
  });

  it('are read one by one by their names', () => {
    const { headers } = read({
      key: 'k',
      value: null,
      headers: { ce_id: '12', ce_type: 'LeadWon', none: null, empty: '' },
    });
    const texts = ['ce_type', 'ce_id', 'none', 'empty', 'ce_typ', 'missing'].map((name) => headers.text(name));
    expect(texts).toEqual(['LeadWon', '12', undefined, undefined, undefined, undefined]);
  });

  it('count by the last of each name', () => {
    const repeated = encodeRecord({ key: 'k', value: Buffer.from('v'), headers: { a: ['1', '2', '3'] } }).buffer;
    const { headers } = readRecord(repeated);
    expect(headers.text('a')).toBe('3');
    expect(headers.all()).toEqual({ a: Buffer.from('3') });
  });
});
