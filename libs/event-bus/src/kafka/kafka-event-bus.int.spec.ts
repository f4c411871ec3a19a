import { describe, expect, it } from '@jest/globals';
import { eventually } from '@lead-rotator/eventually';
import { testKafka } from '@lead-rotator/kafka-broker';
import { describeEventBus } from '../testing/describe-event-bus.ts';
import { KafkaEventBus } from './kafka-event-bus.ts';

const kafka = await testKafka();
const run = `${process.pid}-${Date.now()}`;
let tests = 0;

if ('skipped' in kafka) {
  describe('the Kafka event bus', () => it.skip(`is skipped: ${kafka.skipped}`, () => undefined));
} else {
  describeEventBus('the Kafka event bus', async () => {
    tests += 1;
    const buses: KafkaEventBus[] = [];
    const another = async () => {
      const bus = new KafkaEventBus({ brokers: kafka.brokers, clientId: 'contract', sessionMilliseconds: 6_000 });
      buses.push(bus);
      return bus;
    };
    const prefix = `${run}-${tests}`;
    return {
      bus: await another(),
      another,
      name: (of) => `${prefix}.${of}`,
      close: async () => {
        await Promise.all(buses.map((bus) => bus.close()));
      },
    };
  });

  describe('what a group ignores', () => {
    it('is not brought to it, and counts as handled', async () => {
      const bus = new KafkaEventBus({ brokers: kafka.brokers, clientId: 'ignoring', sessionMilliseconds: 6_000 });
      const topic = `${run}.ignored`;
      await bus.ensureTopics([{ topic, partitions: 1, replication: 1, retentionMilliseconds: 3_600_000 }]);
      const groupId = `${run}.ignoring`;
      const brought: string[] = [];
      await bus.subscribe({
        topics: [topic],
        groupId,
        ignores: { [topic]: ['NoteAdded'] },
        handle: async ({ messages }) => {
          brought.push(...messages.map(({ value }) => String(value)));
        },
      });
      const send = (...notes: [type: string, text: string][]) =>
        bus.publish(
          topic,
          notes.map(([type, text]) => ({
            key: 'k',
            value: Buffer.from(text),
            headers: type === '' ? {} : { ce_type: type },
          })),
        );
      const committed = async () => (await bus.committedOffsets(groupId, topic)).get(0);
      await send(['NoteAdded', '1'], ['NoteAdded', '2']);
      await eventually(async () => expect(await committed()).toBe(2n));
      await send(['NoteAdded', '3'], ['LeadWon', '4'], ['', '5'], ['NoteAdded', '6']);
      await eventually(async () => expect(await committed()).toBe(6n));
      expect(brought).toEqual(['4', '5']);
      await bus.close();
    });
  });
}
