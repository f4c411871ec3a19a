import type { Wire } from '@lead-rotator/event-log';
import type { Admin, Kafka } from 'kafkajs';
import type { SimulatedBroker } from './simulated-broker.ts';
import { asConsumer, SimulatedConsumer } from './simulated-consumer.ts';
import { asProducer, SimulatedProducer } from './simulated-producer.ts';

/** In place of kafkajs: a broker in memory, reached over a wire. It has what the bus uses, and no more. */
export function simulatedKafka(broker: SimulatedBroker, wire: Wire): Kafka {
  const kafka: Partial<Kafka> = {
    consumer: (config) => asConsumer(new SimulatedConsumer(broker, wire, config as NonNullable<typeof config>)),
    producer: () => asProducer(new SimulatedProducer(broker, wire)),
    admin: () => admin(broker, wire),
  };
  return kafka as Kafka;
}

function admin(broker: SimulatedBroker, wire: Wire): Admin {
  const part: Partial<Admin> = {
    connect: () => wire.call(() => {}),
    disconnect: async () => {},
    listTopics: () => wire.call(() => broker.topics),
    createTopics: async ({ topics }) => {
      for (const { topic, numPartitions = 1 } of topics) {
        await wire.call(() => broker.createTopic(topic, numPartitions));
      }
      return true;
    },
    fetchTopicOffsets: (topic) =>
      wire.call(() =>
        broker.partitionsOf(topic).map(({ messages }, partition) => {
          const high = String(messages.length);
          return { partition, offset: high, high, low: '0' };
        }),
      ),
    fetchOffsets: ({ groupId, topics = [] }) =>
      wire.call(() =>
        topics.map((topic) => ({
          topic: String(topic),
          partitions: broker.partitionsOf(String(topic)).map((_, partition) => ({
            partition,
            offset: String(broker.group(groupId).offsets.get(`${topic}/${partition}`) ?? -1),
            metadata: broker.group(groupId).metadata.get(`${topic}/${partition}`) ?? null,
          })),
        })),
      ),
    deleteGroups: async () => [],
  };
  return part as Admin;
}
