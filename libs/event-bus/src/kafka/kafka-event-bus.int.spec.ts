import { describe, it, jest } from '@jest/globals';
import { testKafka } from '@lead-rotator/kafka-broker';
import { describeEventBus } from '../testing/describe-event-bus.ts';
import { KafkaEventBus } from './kafka-event-bus.ts';

jest.setTimeout(60_000);

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
}
