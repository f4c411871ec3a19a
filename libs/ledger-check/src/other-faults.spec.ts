import { describe, expect, it } from '@jest/globals';
import { type IncomingMessage, toRetry } from '@lead-rotator/event-bus';
import type { LogFault } from '@lead-rotator/event-log';
import { checkLedger, type LedgerToCheck } from './check-ledger.ts';
import { cleanStory } from './testing/clean-story.ts';
import { type OwnersOfLeads, ownersOf, ownersReadModel } from './testing/owners-read-model.ts';
import { recordedLog } from './testing/recorded-log.ts';
import { eventsTopic, messagesOf, RecordedTopics } from './testing/recorded-topics.ts';
import { minute } from './testing/story.ts';
import type { TakenTopic } from './topic/topics-to-check.ts';

const { events, now } = cleanStory();
const messages = messagesOf(events);
const head = events.length;

function check(also: Partial<LedgerToCheck>) {
  return checkLedger({ log: recordedLog(events), settings: { now: now + 600 * minute, lagLimit: 3 }, ...also });
}

describe('the check of offsets and dead letters', () => {
  const groups = [{ groupId: 'router', topic: eventsTopic }];
  const ends = ([0, 1] as const).map((one) => BigInt(messages.filter(({ partition }) => partition === one).length));
  const [end = 0n, otherEnd = 0n] = ends;
  const topicsWith = (...committed: [number, bigint][]) => {
    const bus = new RecordedTopics({ [eventsTopic]: messages }, { [`router/${eventsTopic}`]: committed });
    return { topics: { bus, events: eventsTopic, groups } };
  };

  it('finds nothing about a group that has taken everything', async () => {
    const report = await check(topicsWith([0, end], [1, otherEnd]));
    expect(report).toMatchObject({ faults: [], warnings: [], groups: [{ groupId: 'router', behind: 0 }] });
  });

  it('a group has committed past the end: offset-beyond-end', async () => {
    const report = await check(topicsWith([0, end + 1n], [1, otherEnd]));
    expect(report.faultCounts).toEqual({ 'offset-beyond-end': 1 });
  });

  it('warns of a group that is further behind than it should be', async () => {
    const report = await check(topicsWith([0, end - 4n], [1, otherEnd]));
    expect(report).toMatchObject({ faults: [], warnings: [{ kind: 'consumer-behind', facts: { behind: 4 } }] });
  });

  it('warns of a group that has never committed', async () => {
    expect((await check(topicsWith())).warningCounts).toEqual({ 'group-without-offset': 1 });
  });

  it('warns of dead letters', async () => {
    const bus = new RecordedTopics({ [eventsTopic]: messages, 'leads.inbound.dead-letter': messages.slice(0, 2) });
    const report = await check({ topics: { bus, events: eventsTopic, deadLettersOf: ['leads.inbound'] } });
    expect(report).toMatchObject({ faults: [], warnings: [{ kind: 'dead-letter', facts: { messages: 2 } }] });
  });
});

describe('the check of the ways in', () => {
  const inbound = 'leads.inbound';
  const captured = events
    .filter(({ type }) => type === 'LeadCaptured')
    .map(({ data }) => (data as { leadId: string }).leadId);
  const message = (offset: number, id: string, headers: Record<string, string> = {}): IncomingMessage => ({
    topic: inbound,
    partition: 0,
    offset: BigInt(offset),
    timestamp: now,
    key: null,
    value: Buffer.from(id),
    headers: Object.fromEntries(Object.entries(headers).map(([name, text]) => [name, Buffer.from(text)])),
  });
  const letterOf = (offset: number, at = 0) =>
    message(at, '', { dlq_topic: inbound, dlq_partition: '0', dlq_offset: String(offset) });
  const taken: TakenTopic = {
    groupId: 'intake',
    topic: inbound,
    idOf: ({ value }) => value?.toString() || undefined,
    idOfEvent: ({ type, data }) => (type === 'LeadCaptured' ? data.leadId : undefined),
  };
  const checkTaken = (
    committed: number,
    lying: readonly IncomingMessage[],
    letters: readonly IncomingMessage[] = [],
  ) => {
    const topics = { [eventsTopic]: messages, [inbound]: lying, [`${inbound}.dead-letter`]: letters };
    const bus = new RecordedTopics(topics, { [`intake/${inbound}`]: [[0, BigInt(committed)]] });
    return check({ topics: { bus, events: eventsTopic, taken: [taken] } });
  };
  const [first = ''] = captured;
  const lying = [message(0, first), message(1, 'lost'), message(2, '')];

  it('a message that was taken is not in the log: taken-and-lost', async () => {
    const { faults } = await checkTaken(2, lying);
    const place = { topic: inbound, partition: 0, offset: '1' };
    expect(faults).toEqual([{ kind: 'taken-and-lost', place, facts: { groupId: 'intake' } }]);
  });

  it('finds one that could never become an event, and was not put aside', async () => {
    expect((await checkTaken(3, lying, [letterOf(1)])).faults).toMatchObject([{ place: { offset: '2' } }]);
  });

  it('finds nothing about what is still to be taken, comes twice, or was put aside', async () => {
    expect((await checkTaken(1, lying)).faults).toEqual([]);
    expect((await checkTaken(4, [...lying, message(3, first)], [letterOf(1), letterOf(2, 1)])).faults).toEqual([]);
  });

  it('finds nothing about what was put off, until it was taken again', async () => {
    const retry = `${inbound}.retry`;
    const tried = toRetry({ message: message(1, 'lost'), since: now });
    const headers = Object.fromEntries(
      Object.entries(tried.headers).map(([name, text]) => [name, Buffer.from(`${text}`)]),
    );
    const topics = {
      [eventsTopic]: messages,
      [inbound]: lying.slice(0, 2),
      [retry]: [{ ...message(4, 'lost'), headers }],
    };
    const checkPutOff = (takenAgain: bigint) => {
      const bus = new RecordedTopics(topics, {
        [`intake/${inbound}`]: [[0, 2n]],
        [`intake/${retry}`]: [[0, takenAgain]],
      });
      return check({ topics: { bus, events: eventsTopic, taken: [{ ...taken, putOffOn: retry }] } });
    };
    expect((await checkPutOff(4n)).faults).toEqual([]);
    expect((await checkPutOff(5n)).faults).toMatchObject([{ kind: 'taken-and-lost', place: { offset: '1' } }]);
  });

  it('says nothing about messages whose dead letters retention may have deleted', async () => {
    const later = { ...letterOf(2, 7), timestamp: now + minute };
    expect((await checkTaken(3, lying, [later])).faults).toEqual([]);
  });
});

describe('the check of the hash chain', () => {
  const verified = (...faults: readonly LogFault[]) => ({
    verifyChain: async () => ({ batches: 3, events: head, headHash: 'abc', faults, faultCount: faults.length }),
  });

  it('passes on the head of a chain that holds', async () => {
    expect(await check(verified())).toMatchObject({ faults: [], headHash: 'abc' });
  });

  it('a batch has another root than it was written with: broken-hash', async () => {
    const report = await check(verified({ first: 3, last: 7, what: 'another root' }));
    expect(report.faults).toEqual([
      { kind: 'broken-hash', place: { position: 3 }, facts: { last: 7, what: 'another root' } },
    ]);
  });

  it('counts also the faults that are told by number only', async () => {
    const chain = await verified({ first: 3, last: 7, what: 'another root' }).verifyChain();
    const report = await check({ verifyChain: async () => ({ ...chain, faultCount: 250 }) });
    expect(report.faultCounts).toEqual({ 'broken-hash': 250 });
  });
});

describe('the check of read models', () => {
  const right = new Map<string, string>();
  ownersOf(events, right);
  const checkRows = (rows: OwnersOfLeads, position = head) => check({ readModels: [ownersReadModel(position, rows)] });

  it('finds nothing in rows that are those of a replay', async () => {
    expect(await checkRows(right)).toMatchObject({ faults: [], readModels: { owners: right.size } });
  });

  it('a row is not what the log gives: read-model-differs', async () => {
    const { faults } = await checkRows(new Map([...right, ['S1', 'stranger']]));
    const facts = { model: 'owners', row: 'S1', how: 'another content' };
    expect(faults).toEqual([{ kind: 'read-model-differs', place: { position: head }, facts }]);
  });

  it('replays no further than the rows were written', async () => {
    expect((await checkRows(new Map(), 0)).faults).toEqual([]);
  });

  it('rows were made from another log: read-model-of-another-log', async () => {
    const readModels = [ownersReadModel(head, right, 'log-0')];
    expect((await check({ readModels })).faultCounts).toEqual({ 'read-model-of-another-log': 1 });
  });

  it('rows were written from more than the log has: read-model-ahead', async () => {
    expect((await checkRows(right, head + 1)).faultCounts).toEqual({ 'read-model-ahead': 1 });
  });
});
