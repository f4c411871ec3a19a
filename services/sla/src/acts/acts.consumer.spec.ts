import { describe, expect, it } from '@jest/globals';
import {
  HandlerFailure,
  type IncomingMessage,
  MessageRefused,
  type OutgoingMessage,
  type ReceivedBatch,
} from '@lead-rotator/event-bus';
import { InvalidUnit } from '@lead-rotator/event-log';
import { UnknownEvent } from '@lead-rotator/lead-events';
import { earlyActsTopic, MonotonicClock } from '@lead-rotator/service-host';
import { context, minute, nine } from '../testing/given.ts';
import { slaInMemory } from '../testing/sla-in-memory.ts';
import { storyOf } from '../testing/story.ts';
import { ActsConsumer } from './acts.consumer.ts';
import { ActsTakenIn } from './acts-taken-in.ts';

const topic = 'leads.activities';
const call = { leadId: 'L1', by: 'ann', kind: 'call', occurredAt: '2026-01-05T09:05:00Z' };

function message(offset: number, value: unknown, more: Partial<IncomingMessage> = {}): IncomingMessage {
  const bytes = Buffer.from(typeof value === 'string' ? value : JSON.stringify(value));
  const time = { timestamp: nine + 5 * minute };
  return { topic, partition: 0, offset: BigInt(offset), key: null, value: bytes, headers: {}, ...time, ...more };
}

async function consumer() {
  const sla = slaInMemory();
  await sla.given.rotation(['ann', 'bob'], { within: 30 * minute });
  await sla.given.leads('L1', 'L2');
  sla.clock.time = nine + 6 * minute;
  const ends = new Map([[0, 1n]]);
  const bus = { endOffsets: async () => ends, committedOffsets: async () => new Map<number, bigint>() };
  const takenIn = new ActsTakenIn(bus, { topic, groupId: 'g', patienceMilliseconds: 0 });
  const putOff: OutgoingMessage[] = [];
  const early = {
    limit: Number.POSITIVE_INFINITY,
    publish: async (_: string, messages: readonly OutgoingMessage[]) => {
      if (messages.length > early.limit) throw new MessageRefused('too large');
      putOff.push(...messages);
    },
  };
  const acts = new ActsConsumer(sla.acts, takenIn, new MonotonicClock(sla.clock.now), early);
  const aside: string[] = [];
  const putAside: ReceivedBatch['putAside'] = ({ topic, offset }, reason) =>
    void aside.push(`${topic} ${offset}: ${reason}`);
  /** As the transport calls it, past which a failure comes as a value. */
  const handle = async (batch: ReceivedBatch, by: (batch: ReceivedBatch) => Promise<unknown>) => {
    const failure: unknown = await by(batch);
    if (failure instanceof HandlerFailure) throw failure.error;
  };
  const rest = { partition: 0, events: [], isStale: () => false, putAside };
  return {
    ...sla,
    aside,
    takenIn,
    early,
    putOff,
    take: (...messages: IncomingMessage[]) => handle({ ...rest, topic, messages }, (batch) => acts.take(batch)),
    /** What was put off, as it is read from its topic. */
    takeAgain: () => {
      const messages = putOff.splice(0).map(
        ({ key, value, headers }, offset): IncomingMessage => ({
          ...message(offset, '', { topic: earlyActsTopic, value, key: key === null ? null : Buffer.from(key) }),
          headers: Object.fromEntries(Object.entries(headers).map(([name, text]) => [name, Buffer.from(text ?? '')])),
        }),
      );
      return handle({ ...rest, topic: earlyActsTopic, messages }, (batch) => acts.takeAgain(batch));
    },
  };
}

describe('acts from a topic', () => {
  it('are recorded, and the bad ones between them put aside with their reason', async () => {
    const { take, aside, log } = await consumer();
    await take(
      message(0, call),
      message(1, '{ no JSON'),
      message(2, { ...call, kind: 7 }),
      message(3, { ...call, leadId: 'L2', by: 'bob' }),
    );
    expect(await storyOf(log, 'LeadClaimed')).toEqual(['09:06 L1 LeadClaimed ann', '09:06 L2 LeadClaimed bob']);
    expect(aside).toEqual([`${topic} 1: the value is not JSON in UTF-8`, `${topic} 2: /kind must be a text`]);
  });

  it('are recorded once, however often their messages come', async () => {
    const { take, log } = await consumer();
    const event = { specversion: '1.0', id: 'ce-1', source: '/crm', type: 'Called', data: { ...call, kind: 'view' } };
    await take(message(0, call), message(1, event));
    await take(message(0, call), message(1, event), message(2, event));
    expect(await storyOf(log, 'LeadActivityRecorded')).toHaveLength(2);
  });

  it('were done at the time of the CloudEvent, or of the message, if they do not say when', async () => {
    const { take, log } = await consumer();
    const { occurredAt: _, ...call_ } = call;
    const headers = {
      ce_specversion: '1.0',
      ce_id: '1',
      ce_source: '/crm',
      ce_type: 'x',
      ce_time: '2026-01-05T09:01:00Z',
    };
    const bytes = Object.fromEntries(Object.entries(headers).map(([name, text]) => [name, Buffer.from(text)]));
    const { ce_time: _time, ...timeless } = bytes;
    const ofNoTime = { headers: { ...timeless, ce_id: Buffer.from('2') }, timestamp: nine + 2 * minute };
    await take(message(0, call_), message(1, call_, { headers: bytes }), message(2, call_, ofNoTime));
    const { events } = await log.read({ types: ['LeadActivityRecorded'] });
    const times = events.map(({ data }) => (data as { occurredAt: string }).occurredAt);
    expect(times).toEqual(['2026-01-05T09:05:00.000Z', '2026-01-05T09:01:00.000Z', '2026-01-05T09:02:00.000Z']);
  });

  it('that came before their lead are put off, and recorded when it comes', async () => {
    const { take, takeAgain, given, log, aside, takenIn } = await consumer();
    const young = { timestamp: nine + 6 * minute };
    await take(message(0, { ...call, leadId: 'L3', by: 'ann' }, young));
    expect(await takenIn.upToNow(new AbortController().signal)).toBe(true);
    const again = takeAgain();
    await given.leads('L3');
    await again;
    expect(aside).toEqual([]);
    const { events } = await log.read({ types: ['LeadActivityRecorded'] });
    expect(events).toMatchObject([{ cause: `message:${topic}/0/0`, data: { leadId: 'L3' } }]);
  });

  it('of a lead that never comes are put aside, and at once when they are old', async () => {
    const { take, aside, putOff } = await consumer();
    await take(message(0, { ...call, leadId: 'L9' }), message(1, { ...call, by: 'nobody' }));
    expect(aside).toEqual([`${topic} 0: unknown-lead`, `${topic} 1: unknown-user`]);
    expect(putOff).toEqual([]);
  });

  it('of a lead that never comes are put aside after seconds, though the clock of their sender is a day ahead', async () => {
    const { take, takeAgain, aside, clock } = await consumer();
    await take(message(0, { ...call, leadId: 'L9' }, { timestamp: nine + 24 * 60 * minute }));
    expect(aside).toEqual([]);
    const again = takeAgain();
    clock.time += 6_000;
    await again;
    expect(aside).toEqual([`${topic} 0: unknown-lead`]);
  });

  it('that cannot be put off are put aside', async () => {
    const { take, aside, early } = await consumer();
    early.limit = 0;
    await take(message(0, { ...call, leadId: 'L9' }, { timestamp: nine + 6 * minute }), message(1, call));
    expect(aside).toEqual([`${topic} 0: unknown-lead`]);
  });

  it('count as taken in when they are in the log', async () => {
    const { take, takenIn } = await consumer();
    const { signal } = new AbortController();
    expect(await takenIn.upToNow(signal)).toBe(false);
    await take(message(0, call));
    expect(await takenIn.upToNow(signal)).toBe(true);
  });

  it('are left to newer copies, and not put aside, when the log holds an event that this copy does not know', async () => {
    const { take, aside, log } = await consumer();
    const unknown = { ...context, type: 'LeadTeleported', version: 1, data: {}, at: nine, tags: [] };
    await log.append({ id: 'unknown', events: [unknown], guards: [] });
    await expect(take(message(0, call))).rejects.toThrow(UnknownEvent);
    expect(aside).toEqual([]);
  });

  it('whose events the log will never take are put aside, and hold up none of the others', async () => {
    const { take, aside, log } = await consumer();
    const append = log.appendAll.bind(log);
    log.appendAll = async (units) => {
      const isBad = units.some(({ events }) => events.some(({ data }) => (data as { leadId: string }).leadId === 'L1'));
      if (isBad) throw new InvalidUnit('unit has 2000000 bytes, more than 1000000');
      return append(units);
    };
    await take(message(0, call), message(1, { ...call, leadId: 'L2', by: 'bob' }));
    expect(aside).toEqual([`${topic} 0: could not be judged: InvalidUnit: unit has 2000000 bytes, more than 1000000`]);
    expect(await storyOf(log, 'LeadClaimed')).toEqual(['09:06 L2 LeadClaimed bob']);
  });

  it('come again when the log cannot be read, whatever the reason', async () => {
    const { take, aside, log } = await consumer();
    log.readByTags = () => Promise.reject(new Error('a fault of ours'));
    await expect(take(message(0, call))).rejects.toMatchObject({ name: 'ActsStopped', canRetry: true });
    expect(aside).toEqual([]);
  });
});
