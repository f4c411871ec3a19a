import { createRequire } from 'node:module';
import { describe, expect, it } from '@jest/globals';
import type { Message } from 'kafkajs';
import type { OutgoingMessage } from '../event-bus.ts';
import { packedHeaders, packHeaders } from './packed-headers.ts';

const require = createRequire(import.meta.url);
const encodeRecord = require('kafkajs/src/protocol/recordBatch/record/v0') as (message: Message) => { buffer: Buffer };
const decodeRecord = require('kafkajs/src/protocol/recordBatch/record/v0/decoder') as (
  decoder: object,
  context: object,
) => { key: Buffer; value: Buffer; headers: Record<string, Buffer | Buffer[]> };
const Decoder = require('kafkajs/src/protocol/decoder') as new (buffer: Buffer) => { readVarInt(): number };

const read = (record: Buffer) => {
  const decoder = new Decoder(record);
  decoder.readVarInt();
  return decodeRecord(decoder, { firstOffset: 0, firstTimestamp: 0, magicByte: 2 });
};

const messages: [name: string, message: OutgoingMessage][] = [
  ['no headers', { key: 'k', value: Buffer.from('v'), headers: {} }],
  [
    "an event's headers",
    { key: 'lead', value: Buffer.from('{"a":1}'), headers: { ce_id: '12', ce_type: 'LeadAssigned' } },
  ],
  ['text beyond ASCII', { key: 'ü', value: Buffer.from('ß'), headers: { grüße: '日本語 🎉' } }],
  [
    'bytes and an empty value',
    { key: null, value: Buffer.alloc(0), headers: { raw: Buffer.from([0, 255, 128]), empty: '' } },
  ],
  [
    'lengths of several bytes',
    { key: 'k', value: Buffer.alloc(70_000, 7), headers: { long: 'x'.repeat(20_000), b: 'y'.repeat(64) } },
  ],
  [
    'many headers',
    {
      key: 'k',
      value: Buffer.from('v'),
      headers: Object.fromEntries(Array.from({ length: 200 }, (_, n) => [`h${n}`, `${n}`])),
    },
  ],
];

describe('packed headers', () => {
  const plain = messages.map(([, message]) => encodeRecord(message as Message).buffer.toString('hex'));
  packedHeaders();

  it.each(messages)('are the bytes that kafkajs writes: %s', (name, message) => {
    const expected = plain[messages.findIndex(([other]) => other === name)];
    expect(encodeRecord(packHeaders(message)).buffer.toString('hex')).toBe(expected);
    expect(encodeRecord(message as Message).buffer.toString('hex')).toBe(expected);
  });

  it.each(messages)('are read as they were sent: %s', (_, message) => {
    const found = read(encodeRecord(packHeaders(message)).buffer);
    const sent = Object.entries(message.headers ?? {}).map(([name, value]) => [name, Buffer.from(value as string)]);
    expect(found.headers).toEqual(Object.fromEntries(sent));
    expect(found.value).toEqual(message.value);
  });

  it('are read as a list where a name is repeated', () => {
    const repeated = encodeRecord({ key: 'k', value: Buffer.from('v'), headers: { a: ['1', '2', '3'] } }).buffer;
    expect(read(repeated).headers).toEqual({ a: ['1', '2', '3'].map((text) => Buffer.from(text)) });
  });

  it('keep a header without a value, which Java producers may send and kafkajs cannot write', () => {
    const record = encodeRecord(
      packHeaders({ key: 'k', value: Buffer.from('v'), headers: { a: null, b: '1' } }),
    ).buffer;
    expect(read(record).headers).toEqual({ a: null, b: Buffer.from('1') });
  });

  it('may have the names of what every object inherits', () => {
    const names = ['__proto__', 'constructor', 'toString'];
    const headers = Object.fromEntries(names.map((name) => [name, Buffer.from(name)]));
    const found = read(encodeRecord(packHeaders({ key: 'k', value: Buffer.from('v'), headers })).buffer).headers;
    expect(Object.entries(found)).toEqual(Object.entries(headers));
  });

  it('leave the message that was packed as it was', () => {
    const value = Buffer.from('v');
    packHeaders({ key: 'k', value, headers: { a: '1' } });
    expect(Object.keys(value)).not.toContain('packedHeaders');
  });
});
