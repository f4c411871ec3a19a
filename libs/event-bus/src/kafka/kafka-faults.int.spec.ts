import { performance } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { eventually } from '@lead-rotator/eventually';
import { asAdmin, testBrokerSource, testKafka } from '@lead-rotator/kafka-broker';
import { Kafka, logLevel } from 'kafkajs';
import { MessageRefused } from '../errors.ts';
import type { IncomingMessage, OutgoingMessage } from '../event-bus.ts';
import { collect } from '../testing/collect.ts';
import { KafkaEventBus } from './kafka-event-bus.ts';
import { KafkaOffsets } from './kafka-offsets.ts';
import type { OffsetLoss } from './kafka-settings.ts';
import { readKafkaTopic } from './read-kafka-topic.ts';

const kafka = await testKafka();
const source = await testBrokerSource();
const hour = 3_600_000;
let topics = 0;

const message = (text: string, key = 'a'): OutgoingMessage => ({ key, value: Buffer.from(text), headers: {} });
const text = ({ value }: IncomingMessage): string => String(value);
const numbers = (count: number): string[] => Array.from({ length: count }, (_, index) => `${index}`);

if ('skipped' in kafka || 'skipped' in source) {
  describe('Kafka', () => it.skip(`is skipped: ${'skipped' in kafka ? kafka.skipped : ''}`, () => undefined));
} else {
  describe('the Kafka event bus, when things go wrong', () => {
    let buses: KafkaEventBus[];
    let losses: OffsetLoss[];
    let topic: string;

    beforeEach(async () => {
      buses = [];
      losses = [];
      topics += 1;
      topic = `faults-${process.pid}-${Date.now()}-${topics}`;
    });
    afterEach(async () => {
      await Promise.all(buses.map((bus) => bus.close()));
    });

    async function open(brokers = kafka0(), partitions = 1, sessionMilliseconds = 30_000): Promise<KafkaEventBus> {
      const onOffsetLoss = (loss: OffsetLoss): void => void losses.push(loss);
      const bus = new KafkaEventBus({ brokers, clientId: 'faults', onOffsetLoss, sessionMilliseconds });
      buses.push(bus);
      await bus.ensureTopics([{ topic, partitions, replication: 1, retentionMilliseconds: hour }]);
      return bus;
    }
    const kafka0 = (): readonly string[] => ('brokers' in kafka ? kafka.brokers : []);

    it('goes on at the oldest message that is left, and says so, when messages have expired unread', async () => {
      const bus = await open();
      const groupId = `${topic}.group`;
      await bus.publish(
        topic,
        numbers(10).map((one) => message(one)),
      );
      await asAdmin(kafka0(), 'operator', async (admin) => {
        await admin.setOffsets({ groupId, topic, partitions: [{ partition: 0, offset: '3' }] });
        await admin.deleteTopicRecords({ topic, partitions: [{ partition: 0, offset: '6' }] });
      });
      const seen: string[] = [];
      await bus.subscribe({
        topics: [topic],
        groupId,
        handle: async ({ messages }) => void seen.push(...messages.map(text)),
      });
      await eventually(() => expect(seen).toEqual(['6', '7', '8', '9']));
      expect(losses).toEqual([{ groupId, topic, partition: 0, wanted: 3n, resumed: 6n }]);
    });

    it('reads the topic again, and says so, when the group stands behind its end', async () => {
      const bus = await open();
      const groupId = `${topic}.group`;
      await bus.publish(topic, [message('0'), message('1')]);
      await asAdmin(kafka0(), 'operator', (admin) =>
        admin.setOffsets({ groupId, topic, partitions: [{ partition: 0, offset: '70' }] }),
      );
      const seen: string[] = [];
      await bus.subscribe({
        topics: [topic],
        groupId,
        handle: async ({ messages }) => void seen.push(...messages.map(text)),
      });
      await eventually(() => expect(seen).toEqual(['0', '1']));
      expect(losses).toEqual([{ groupId, topic, partition: 0, wanted: 70n, resumed: 0n }]);
    });

    it('ends the reading of a topic whose messages are deleted meanwhile', async () => {
      const bus = await open(kafka0(), 2);
      await bus.publish(
        topic,
        numbers(10).map((one) => message(one, one)),
      );
      const client = new Kafka({ brokers: [...kafka0()], logLevel: logLevel.NOTHING });
      const admin = client.admin();
      await admin.connect();
      const offsets = new KafkaOffsets(client, async () => admin);
      const before = await offsets.ranges(topic);
      const end = before.get(0)?.end.toString() ?? '';
      await admin.deleteTopicRecords({ topic, partitions: [{ partition: 0, offset: end }] });
      let asked = 0;
      const ranges = async () => (asked++ === 0 ? before : offsets.ranges(topic));
      const found = await collect(
        readKafkaTopic(client, { ranges, forgetGroup: (id) => offsets.forgetGroup(id) }, topic),
        20,
      );
      expect(BigInt(end)).toBeGreaterThan(0n);
      expect(found.length).toBeGreaterThan(0);
      expect(found.filter(({ partition }) => partition === 0)).toEqual([]);
      await admin.disconnect();
    });

    it('keeps its partitions while a handler takes longer than the session', async () => {
      const session = 15_000;
      const [bus, other] = [await open(kafka0(), 1, session), await open(kafka0(), 1, session)];
      const groupId = `${topic}.group`;
      const seen: string[] = [];
      await bus.publish(topic, [message('slow')]);
      const begun = Promise.withResolvers<void>();
      await bus.subscribe({
        topics: [topic],
        groupId,
        handle: async ({ messages, isStale }) => {
          begun.resolve();
          if (seen.length === 0) await sleep(session + 2_000);
          seen.push(`${messages.map(text)} ${isStale() ? 'stale' : 'ours'}`);
        },
      });
      await begun.promise;
      await eventually(() => expect(seen).toEqual(['slow ours']));
      // What is not committed when another one joins is read again.
      await eventually(async () => expect((await bus.committedOffsets(groupId, topic)).get(0)).toBe(1n));
      await other.subscribe({
        topics: [topic],
        groupId,
        handle: async ({ messages }) => void seen.push(...messages.map(text)),
      });
      await bus.publish(topic, [message('quick')]);
      await eventually(() => expect(seen.slice(1).some((one) => one.startsWith('quick'))).toBe(true));
      expect(seen.filter((one) => one.startsWith('slow'))).toEqual(['slow ours']);
    });

    it('tells a handler that its partition was given to another copy, which begins where the last commit was', async () => {
      const [bus, other] = [await open(undefined, 4), await open(undefined, 4)];
      const groupId = `${topic}.group`;
      await bus.publish(
        topic,
        numbers(40).map((one) => message(one, one)),
      );
      const stale = new Map<number, boolean>();
      const release = Promise.withResolvers<void>();
      await bus.subscribe({
        topics: [topic],
        groupId,
        handle: async ({ partition, isStale }) => {
          await release.promise;
          stale.set(partition, isStale());
        },
      });
      const taken = new Map<number, Set<string>>();
      await other.subscribe({
        topics: [topic],
        groupId,
        handle: async ({ partition, messages }) => {
          taken.set(partition, new Set([...(taken.get(partition) ?? []), ...messages.map(text)]));
        },
      });
      await eventually(() => expect(taken.size).toBeGreaterThanOrEqual(2));
      release.resolve();
      await eventually(() => expect(stale.size).toBe(4));
      for (const partition of taken.keys()) expect(stale.get(partition)).toBe(true);
      const all = await collect(bus.readTopic(topic), 40);
      await eventually(() => {
        const inTaken = all.filter(({ partition }) => taken.has(partition));
        expect(new Set([...taken.values()].flatMap((texts) => [...texts]))).toEqual(new Set(inTaken.map(text)));
      });
    });

    it('refuses a message that the broker will never take, and sends those gathered with it', async () => {
      const bus = await open();
      const huge = { ...message('x'), value: Buffer.alloc(5_000_000) };
      const sends = [
        bus.publish(topic, [message('1')]),
        bus.publish(topic, [huge]),
        bus.publish(topic, [message('2')]),
      ];
      const [first, second, third] = await Promise.allSettled(sends);
      expect([first?.status, second?.status, third?.status]).toEqual(['fulfilled', 'rejected', 'fulfilled']);
      expect((second as PromiseRejectedResult).reason).toBeInstanceOf(MessageRefused);
      expect((await collect(bus.readTopic(topic), 3)).map(text)).toEqual(['1', '2']);
    });

    it('loses nothing and keeps the order when the broker is killed while messages are sent and read', async () => {
      const own = await source.start();
      try {
        const bus = await open(own.brokers, 1, 2_000);
        const seen: string[] = [];
        const consumer = await bus.subscribe({
          topics: [topic],
          groupId: `${topic}.group`,
          handle: async ({ messages }) => void seen.push(...messages.map(text)),
        });
        const sending = (async () => {
          for (const one of numbers(300)) {
            // As the relay does: the same again until it is acknowledged.
            while (
              !(await bus.publish(topic, [message(one)]).then(
                () => true,
                () => false,
              ))
            );
            await sleep(10);
          }
        })();
        await eventually(() => expect(seen.length).toBeGreaterThan(50));
        await own.kill();
        await own.restart();
        await sending;
        await eventually(() => expect([...new Set(seen)]).toEqual(numbers(300)));
        await eventually(() => expect(consumer.problem()).toBeUndefined());
      } finally {
        await Promise.all(buses.splice(0).map((bus) => bus.close()));
        await own.stop();
      }
    });

    it('costs next to nothing while nothing happens', async () => {
      const bus = await open();
      const consumer = await bus.subscribe({
        topics: [topic],
        groupId: `${topic}.group`,
        handle: async () => undefined,
      });
      await eventually(() => expect(consumer.problem()).toBeUndefined());
      // A fetch every 200 ms and a heartbeat every 500 ms. A timer that is always due, as kafkajs had one for each
      // connection, turns the loop a thousand times a second; a slow machine turns it less often.
      const turns = () => performance.nodeTiming.uvMetricsInfo.loopCount;
      const before = turns();
      await sleep(2_000);
      expect(turns() - before).toBeLessThan(400);
    });
  });
}
