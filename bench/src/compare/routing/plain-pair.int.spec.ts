import { afterAll, describe, expect, it } from '@jest/globals';
import { KafkaEventBus } from '@lead-rotator/event-bus';
import { eventually } from '@lead-rotator/eventually';
import { testKafka } from '@lead-rotator/kafka-broker';
import { createTestDatabase, type TestDatabase } from '@lead-rotator/postgres';
import { leadMessage } from '@lead-rotator/test-cluster';
import { Arrivals } from '../../flow/arrivals.ts';
import { floodByKafka } from '../../flow/flood-by-kafka.ts';
import { LeadEntity } from '../pair/lead.entity.ts';
import { pairDatabase } from '../pair/pair-database.ts';
import { checkPair } from './check-pair.ts';
import { PairCluster } from './pair-cluster.ts';

const kafka = await testKafka();
const clean = { 'without-owner': 0, untold: 0, repeated: 0, contradicted: 0, 'out-of-turn': 0 };
const members = ['ann', 'bob', 'eve'];

describe('the plain pair', () => {
  if ('skipped' in kafka) {
    it.skip(`is skipped: ${kafka.skipped}`, () => undefined);
    return;
  }
  const { brokers } = kafka;
  const bus = new KafkaEventBus({ brokers, clientId: 'pair-spec' });
  const opened: { database: TestDatabase; pair: PairCluster }[] = [];

  async function open(looksFirst: boolean) {
    const database = await createTestDatabase([]);
    const settings = { databaseUrl: database.url, brokers, looksFirst, partitionsAtOnce: 1 };
    const prefix = `pair-${process.pid}-${Date.now()}`;
    const pair = await PairCluster.start({ ...settings, prefix, members }, bus);
    opened.push({ database, pair });
    const arrivals = await Arrivals.follow(bus, pair.topics);
    return {
      databaseUrl: database.url,
      topics: pair.topics,
      arrivals,
      flood: (count: number) => floodByKafka(bus, pair.topics, arrivals, 'lead', count),
      check: () => checkPair(database.url, bus, pair.topics, members),
    };
  }

  afterAll(async () => {
    await Promise.all(opened.map(({ pair }) => pair.stop()));
    await bus.close();
    await Promise.all(opened.map(({ database }) => database.drop()));
  });

  it('gives each lead one owner, in turn, and another one when the lead comes again; its check finds that', async () => {
    const { topics, arrivals, flood, check } = await open(false);
    await flood(50);
    expect(arrivals.captured.size).toBe(50);
    expect(await check()).toEqual(clean);
    await bus.publish(topics.inbound, [leadMessage('lead-0')]);
    await untilAgain(arrivals, 1);
    expect(await check()).toEqual({ ...clean, contradicted: 1, 'out-of-turn': 1 });
  });

  it('that looks first tells again, in the same bytes, what it told before', async () => {
    const { topics, arrivals, flood, check } = await open(true);
    await flood(5);
    await bus.publish(topics.inbound, [leadMessage('lead-0')]);
    await untilAgain(arrivals, 1);
    expect(await check()).toEqual({ ...clean, repeated: 1 });
  });

  it('is found out by what is planted: a lead without an owner, and one whose owner is not told', async () => {
    const { databaseUrl, check } = await open(false);
    const database = await pairDatabase(databaseUrl).initialize();
    const lead = { source: 'spec', email: 'kim@lead.example', details: {}, receivedAt: new Date() };
    await database.manager.insert(LeadEntity, [
      { ...lead, id: 'nobody' },
      { ...lead, id: 'untold', rotationId: 'web', ownerId: 'ann', turn: 1 },
    ]);
    await database.destroy();
    expect(await check()).toEqual({ ...clean, 'without-owner': 1, untold: 1 });
  });
});

/** Waits until so many assignments have come again. */
function untilAgain(arrivals: Arrivals, count: number): Promise<void> {
  return eventually(() => expect(arrivals.assignedAgain).toBeGreaterThanOrEqual(count));
}
