import { createRequire } from 'node:module';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import type { Message } from 'kafkajs';
import type { OutgoingMessage } from '../event-bus.ts';
import { directProduceRequests, encodeProduceRequest, OutgoingRecord, outgoingRecords } from './produce-request.ts';

interface Encoder {
  readonly buffer: Buffer;
}

type Make = (given: object) => { readonly request: { encode(): Promise<Encoder> } };

const require = createRequire(import.meta.url);
const produce = require('kafkajs/src/protocol/requests/produce') as { protocol(of: { version: number }): Make };
const Long = require('kafkajs/src/utils/long') as { fromValue(value: string): object };

const now = Date.parse('2026-01-05T09:00:00Z');

const messages: [name: string, message: OutgoingMessage][] = [
  ['no headers', { key: 'k', value: Buffer.from('v'), headers: {} }],
  ["an event's", { key: 'lead', value: Buffer.from('{"a":1}'), headers: { ce_id: '12', ce_type: 'LeadAssigned' } }],
  ['text beyond ASCII', { key: 'ü', value: Buffer.from('ß'), headers: { grüße: '日本語 🎉', ['é'.repeat(63)]: 'ö' } }],
  [
    'bytes and an empty value',
    { key: null, value: Buffer.alloc(0), headers: { raw: Buffer.from([0, 255, 128]), e: '' } },
  ],
  ['a key of bytes', { key: Buffer.from([1, 2, 200]), value: Buffer.from('v'), headers: {} }],
  ['a record of one byte of length', { key: '', value: Buffer.from('v'.repeat(53)), headers: {} }],
  ['a record of two', { key: '', value: Buffer.from('v'.repeat(60)), headers: {} }],
  [
    'lengths of several bytes',
    { key: 'k', value: Buffer.alloc(70_000, 7), headers: { long: 'x'.repeat(20_000), b: 'y'.repeat(64) } },
  ],
  ['a value of megabytes', { key: 'k', value: Buffer.alloc(3_000_000, 7), headers: { a: '1' } }],
  [
    'many headers',
    {
      key: 'k',
      value: Buffer.from('v'),
      headers: Object.fromEntries(Array.from({ length: 200 }, (_, n) => [`h${n}`, `${n}`])),
    },
  ],
];

const requestOf = (groups: readonly (readonly OutgoingMessage[])[]) => ({
  acks: -1,
  timeout: 30_000,
  producerId: Long.fromValue('4611686018427387905'),
  producerEpoch: 3,
  topicData: [
    {
      topic: 'leads.ünbound',
      partitions: groups.map((group, partition) => ({ partition, firstSequence: 17 * partition, messages: group })),
    },
  ],
});

const records = (group: readonly OutgoingMessage[]) => group.map((message) => new OutgoingRecord(message));

describe('a produce request', () => {
  const byKafkajs = produce.protocol({ version: 7 });

  beforeEach(() => {
    jest.useFakeTimers({ now });
  });
  afterEach(() => {
    jest.useRealTimers();
  });

  const expected = async (groups: readonly (readonly OutgoingMessage[])[]) =>
    (await byKafkajs(requestOf(groups)).request.encode()).buffer;

  it.each(messages)('is the bytes that kafkajs writes: %s', async (_, message) => {
    const given = requestOf([[message]]);
    expect(encodeProduceRequest(given, now).equals(await expected([[message]]))).toBe(true);
  });

  it('is those bytes with many records in several partitions', async () => {
    const all = messages.map(([, message]) => message);
    const groups = [all, [], Array.from({ length: 300 }, (_, n) => all[n % 7] as OutgoingMessage)];
    expect(encodeProduceRequest(requestOf(groups), now).equals(await expected(groups))).toBe(true);
  });

  it('is written directly for our records alone, once kafkajs was told so', async () => {
    directProduceRequests();
    const make = produce.protocol({ version: 7 });
    const [, message] = messages[1] as (typeof messages)[number];
    const direct = await make(requestOf([records([message])])).request.encode();
    const theirs = await make(requestOf([[{ ...message, timestamp: '7' } as OutgoingMessage]])).request.encode();
    expect(direct.buffer.equals(await expected([[message]]))).toBe(true);
    expect(theirs.buffer.equals(direct.buffer)).toBe(false);
    expect(theirs.buffer).toHaveLength(direct.buffer.length);
  });
});

describe('our records', () => {
  it('are grouped as kafkajs asks, in their order', () => {
    const given = ['a1', 'b1', 'a2', 'a3', 'b2'].map((key) => ({ key, value: null, headers: {} }));
    const all = outgoingRecords(given);
    const groups = all.reduce<Record<string, Message[]>>((result, message) => {
      const partition = String(message.key).slice(0, 1);
      return Object.assign(result, { [partition]: [...(result[partition] ?? []), message] });
    }, {});
    expect(Object.entries(groups).map(([partition, group]) => [partition, group.map(({ key }) => key)])).toEqual([
      ['a', ['a1', 'a2', 'a3']],
      ['b', ['b1', 'b2']],
    ]);
  });
});
