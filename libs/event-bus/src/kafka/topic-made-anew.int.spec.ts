import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it, jest } from '@jest/globals';
import { eventually } from '@lead-rotator/eventually';
import { asAdmin, testKafka } from '@lead-rotator/kafka-broker';
import { KafkaEventBus } from './kafka-event-bus.ts';

jest.setTimeout(120_000);

const kafka = await testKafka();

if ('skipped' in kafka) {
  describe('a topic that is made anew', () => it.skip(`is skipped: ${kafka.skipped}`, () => undefined));
} else {
  const { brokers } = kafka;

  describe('a topic that is made anew under a consumer that reads no further, since its handler waits', () => {
    it('is read from its beginning', async () => {
      const topic = `made-anew-${process.pid}-${Date.now()}`;
      const bus = new KafkaEventBus({ brokers, clientId: 'made anew', log: { id: async () => 'log-a' } });
      const makeTopic = () =>
        bus.ensureTopics([{ topic, partitions: 1, replication: 1, retentionMilliseconds: 3_600_000 }]);
      const send = (name: string, count: number, size: number) =>
        bus.publish(
          topic,
          Array.from({ length: count }, (_, index) => {
            return { key: 'a', value: Buffer.from(`${name}-${index} `.padEnd(size)), headers: {} };
          }),
        );
      const seen = new Set<string>();
      const waiting = Promise.withResolvers<void>();
      const begun = Promise.withResolvers<void>();
      try {
        await makeTopic();
        await send('first', 1, 0);
        await bus.subscribe({
          topics: [topic],
          groupId: `${topic}.group`,
          handle: async ({ messages }) => {
            const names = messages.map(({ value }) => String(value).trim());
            if (names.some((name) => name.startsWith('old'))) {
              begun.resolve();
              await waiting.promise;
            }
            for (const name of names) seen.add(name);
          },
        });
        await eventually(() => expect(seen).toContain('first-0'));
        // More than a lane holds: it asks for no more, and nothing is fetched that would say that the topic is gone.
        await send('old', 30, 200_000);
        await begun.promise;
        await sleep(12_000);
        await asAdmin(brokers, 'operator', async (admin) => {
          await admin.deleteTopics({ topics: [topic] });
          const anew = { topics: [{ topic, numPartitions: 1 }], waitForLeaders: false };
          await eventually(async () => expect(await admin.createTopics(anew)).toBe(true));
        });
        await eventually(() => send('new', 60, 0));
        waiting.resolve();
        const wanted = Array.from({ length: 60 }, (_, index) => `new-${index}`);
        await eventually(() => expect([...seen]).toEqual(expect.arrayContaining(wanted)));
      } finally {
        waiting.resolve();
        await bus.close();
      }
    });
  });
}
