import { perfectWire } from '@lead-rotator/event-log';
import { describeEventBus } from '../../testing/describe-event-bus.ts';
import { KafkaEventBus } from '../kafka-event-bus.ts';
import { SimulatedBroker } from './simulated-broker.ts';
import { simulatedKafka } from './simulated-kafka.ts';

describeEventBus('the Kafka event bus on a simulated broker', async () => {
  const broker = new SimulatedBroker();
  const buses: KafkaEventBus[] = [];
  const another = async () => {
    const bus = new KafkaEventBus({ brokers: [], clientId: 'contract' }, simulatedKafka(broker, perfectWire));
    buses.push(bus);
    return bus;
  };
  return {
    bus: await another(),
    another,
    name: (of) => of,
    close: async () => {
      await Promise.all(buses.map((bus) => bus.close()));
    },
  };
});
