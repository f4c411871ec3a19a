import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { eventually } from '@lead-rotator/eventually';
import { testKafka } from '@lead-rotator/kafka-broker';
import { Kafka, logLevel, type Producer } from 'kafkajs';
import { collect } from '../testing/collect.ts';
import { KafkaEventBus } from './kafka-event-bus.ts';
import type { OffsetLoss } from './kafka-settings.ts';

const kafka = await testKafka();

if ('skipped' in kafka) {
  describe('transactions of others', () => it.skip(`are skipped: ${kafka.skipped}`, () => undefined));
} else {
  describe('on a topic that others write in transactions', () => {
    const { brokers } = kafka;
    const topic = `transactions-${process.pid}-${Date.now()}`;
    const losses: OffsetLoss[] = [];
    const onOffsetLoss = (loss: OffsetLoss): void => void losses.push(loss);
    const bus = new KafkaEventBus({ brokers, clientId: 'reading', onOffsetLoss, sessionMilliseconds: 6_000 });
    const client = new Kafka({ brokers: [...brokers], clientId: 'upstream', logLevel: logLevel.NOTHING });
    let producer: Producer;

    beforeAll(async () => {
      await bus.ensureTopics([{ topic, partitions: 1, replication: 1, retentionMilliseconds: 3_600_000 }]);
      producer = client.producer({ transactionalId: topic, idempotent: true, maxInFlightRequests: 1 });
      await producer.connect();
    });
    afterAll(async () => {
      await producer.disconnect();
      await bus.close();
    });

    async function write(texts: readonly string[], end: 'commit' | 'abort'): Promise<void> {
      const transaction = await producer.transaction();
      await transaction.send({ topic, messages: texts.map((value) => ({ key: 'k', value })) });
      await transaction[end]();
    }

    it('a group is brought what was committed, and stands at the end whatever else lies there', async () => {
      const groupId = `${topic}.group`;
      const brought: string[] = [];
      await bus.subscribe({
        topics: [topic],
        groupId,
        handle: async ({ messages }) => void brought.push(...messages.map(({ value }) => String(value))),
      });
      const standsAtTheEnd = async () =>
        expect(await bus.committedOffsets(groupId, topic)).toEqual(await bus.endOffsets(topic));
      await write(['1', '2'], 'commit');
      await eventually(standsAtTheEnd);
      await write(['never'], 'abort');
      await eventually(standsAtTheEnd);
      await write(['3'], 'commit');
      await write(['nor this'], 'abort');
      await eventually(standsAtTheEnd);
      expect(brought).toEqual(['1', '2', '3']);
      expect(losses).toEqual([]);
    });

    it('reading it ends behind what was not committed', async () => {
      const found = await collect(bus.readTopic(topic), 10);
      expect(found.map(({ value }) => String(value))).toEqual(['1', '2', '3']);
    });
  });
}
