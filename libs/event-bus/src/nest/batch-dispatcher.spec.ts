import { describe, expect, it } from '@jest/globals';
import { LogUnavailable } from '@lead-rotator/event-log';
import type { OrganizationId } from '@lead-rotator/event-sourcing';
import { eventDefinitions, UnknownEvent } from '@lead-rotator/lead-events';
import { encodeEvent } from '../cloud-events/encode-event.ts';
import { PoisonMessages } from '../dead-letters/poison-messages.ts';
import { BusUnavailable } from '../errors.ts';
import type { IncomingMessage, MessageBatch } from '../event-bus.ts';
import { BatchDispatcher, type BatchHandler } from './batch-dispatcher.ts';
import type { ReceivedBatch } from './event-batch.ts';

const bare = (text: string, offset: number): IncomingMessage => ({
  topic: 'leads.inbound',
  partition: 3,
  offset: BigInt(offset),
  timestamp: 0,
  key: null,
  value: Buffer.from(text),
  headers: {},
});
const text = ({ value }: IncomingMessage): string => String(value);

function published(type: string, offset: number): IncomingMessage {
  const definition = Object.values(eventDefinitions).find((one) => one.type === type);
  const outgoing = encodeEvent(
    {
      position: offset + 1,
      type,
      version: definition?.version ?? 1,
      data: definition?.sample ?? {},
      at: 0,
      organizationId: 'default' as OrganizationId,
      actor: 'service:tests',
      cause: 'request:1',
    },
    'log-1',
    () => 'key',
  );
  const headers = Object.entries(outgoing.headers).map(([name, value]) => [name, Buffer.from(value ?? '')]);
  return { ...bare('', offset), topic: 'leads.events', value: outgoing.value, headers: Object.fromEntries(headers) };
}

function batchOf(messages: readonly IncomingMessage[], stale = false): MessageBatch {
  return { topic: messages[0]?.topic ?? '', partition: 3, messages, isStale: () => stale };
}

const texts = ['a', 'b', 'poison', 'c', 'd'];
const messages = texts.map(bare);

/** Keeps what it was given without failing, and fails as told. */
function handler(fail: (batch: ReceivedBatch) => void): BatchHandler & { readonly done: string[] } {
  const done: string[] = [];
  return {
    done,
    handle: async (batch) => {
      fail(batch);
      done.push(...batch.messages.map(text));
    },
  };
}

describe('a batch', () => {
  it('is handled as a whole when nothing is wrong', async () => {
    const all = handler(() => undefined);
    expect(await new BatchDispatcher([all], []).dispatch(batchOf(messages))).toEqual([]);
    expect(all.done).toEqual(texts);
  });

  it('goes on without the message that its handler puts aside', async () => {
    const all = handler(({ messages, putAside }) => {
      for (const one of messages) if (text(one) === 'poison') putAside(one, 'no email and no phone');
    });
    const aside = await new BatchDispatcher([all], []).dispatch(batchOf(messages));
    expect(aside).toEqual([{ message: messages[2], reason: 'no email and no phone', count: 1 }]);
  });

  it('is handled again without the messages that its handler throws out', async () => {
    const all = handler(({ messages }) => {
      const bad = messages.filter((one) => text(one) === 'poison');
      if (bad.length > 0) throw new PoisonMessages(bad.map((message) => ({ message, reason: 'bad' })));
    });
    const aside = await new BatchDispatcher([all], []).dispatch(batchOf(messages));
    expect(aside).toEqual([{ message: messages[2], reason: 'bad', count: 1 }]);
    expect(all.done).toEqual(['a', 'b', 'c', 'd']);
  });

  it('is halved until the message that fails is found, which is tried three times', async () => {
    let tried = 0;
    const all = handler(({ messages }) => {
      if (messages.some((one) => text(one) === 'poison')) {
        if (messages.length === 1) tried += 1;
        throw new TypeError('cannot read it');
      }
    });
    const aside = await new BatchDispatcher([all], []).dispatch(batchOf(messages));
    expect(aside).toEqual([{ message: messages[2], reason: 'TypeError: cannot read it', count: 3 }]);
    expect(all.done).toEqual(['a', 'b', 'c', 'd']);
    expect(tried).toBe(3);
  });

  it.each([
    ['the broker', new BusUnavailable('broker down')],
    ['the log', new LogUnavailable('log down')],
    ['the log, wrapped', new Error('wrapped', { cause: new LogUnavailable('log down') })],
    ['a host', Object.assign(new Error('refused'), { code: 'ECONNREFUSED' })],
    ['a database that stops', Object.assign(new Error('shutting down'), { code: '57P01' })],
    [
      'a full database',
      Object.assign(new Error('failed'), { driverError: Object.assign(new Error(), { code: '53300' }) }),
    ],
    ['a connection', new Error('Connection terminated unexpectedly')],
  ])('comes again as a whole when something is away: %s', async (_, error) => {
    const all = handler(() => {
      throw error;
    });
    await expect(new BatchDispatcher([all], []).dispatch(batchOf(messages))).rejects.toBe(error);
  });

  it('is not searched for poison when its partition belongs to another copy', async () => {
    const all = handler(() => {
      throw new TypeError('conflict');
    });
    await expect(new BatchDispatcher([all], []).dispatch(batchOf(messages, true))).rejects.toThrow('conflict');
  });
});

describe('a batch of events', () => {
  const events = ['LeadCaptured', 'LeadWon', 'LeadCaptured', 'LeadLost'].map(published);

  it('is given to each handler by type, with the events', async () => {
    const seen: string[] = [];
    const of = (...types: string[]): BatchHandler => ({
      types,
      handle: async (batch) => {
        seen.push(`${types}: ${batch.events.map(({ type, position }) => `${type} ${position}`)}`);
      },
    });
    const dispatcher = new BatchDispatcher([of('LeadCaptured'), of('LeadWon')], ['LeadLost']);
    expect(await dispatcher.dispatch(batchOf(events))).toEqual([]);
    expect(seen).toEqual(['LeadCaptured: LeadCaptured 1,LeadCaptured 3', 'LeadWon: LeadWon 2']);
  });

  it('is not handled when an event is of a type that nobody knows', async () => {
    const dispatcher = new BatchDispatcher([{ types: ['LeadCaptured'], handle: async () => undefined }], ['LeadLost']);
    await expect(dispatcher.dispatch(batchOf([published('LeadTeleported', 0)]))).rejects.toThrow(UnknownEvent);
  });

  it('goes on without a message that is no event', async () => {
    const seen: number[] = [];
    const takes: BatchHandler = {
      types: ['LeadCaptured'],
      handle: async (batch) => {
        seen.push(...batch.events.map(({ position }) => position));
      },
    };
    const broken = { ...published('LeadCaptured', 1), value: Buffer.from('{') };
    const strange = published('LeadTeleported', 2);
    const foreign = { ...strange, headers: { ...strange.headers, ce_source: Buffer.from('/crm') } };
    const aside = await new BatchDispatcher([takes], ['LeadWon', 'LeadLost']).dispatch(
      batchOf([...events, broken, foreign, bare('no headers', 9)]),
    );
    expect(seen).toEqual([1, 3]);
    expect(aside).toEqual([
      { message: broken, reason: 'the value is not JSON', count: 0 },
      { message: foreign, reason: 'ce_source names no log', count: 0 },
      { message: bare('no headers', 9), reason: 'the header ce_type is missing', count: 0 },
    ]);
  });
});
