import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import type { Consumer, Kafka } from 'kafkajs';
import { backOff } from '../backoff.ts';
import type { IncomingMessage } from '../event-bus.ts';
import { BoundedQueue } from './bounded-queue.ts';
import { incomingMessage } from './incoming-message.ts';
import { kafkaFailure } from './kafka-failure.ts';
import type { KafkaOffsets } from './kafka-offsets.ts';

const manyMessages = 20_000;
const sessionMilliseconds = 60_000;
const mostFailures = 8;

/**
 * Everything on the topic from its oldest message to where its partitions end now. kafkajs reads only as a group, so
 * this one has a name of its own (`lead-rotator.reader.` and a UUID), commits nothing and is deleted at the end.
 * @throws BusUnavailable when the broker does not answer for about ten seconds.
 */
export async function* readKafkaTopic(
  kafka: Kafka,
  offsets: KafkaOffsets,
  topic: string,
): AsyncGenerator<IncomingMessage, void> {
  const left = new Map<number, { next: bigint; readonly end: bigint }>();
  for (const [partition, { oldest, end }] of await offsets.ranges(topic)) {
    if (oldest < end) left.set(partition, { next: oldest, end });
  }
  const groupId = `lead-rotator.reader.${randomUUID()}`;
  for (let failures = 0; left.size > 0; ) {
    const consumer = createReader(kafka, groupId);
    try {
      const queue = await startReading(consumer, topic);
      while (left.size > 0) {
        for (const message of await queue.take()) {
          const range = left.get(message.partition);
          // A message comes again after a failure or a rebalance, and there may be newer ones than we want.
          if (range === undefined || message.offset < range.next) continue;
          if (message.offset < range.end) yield message;
          range.next = message.offset + 1n;
          if (range.next >= range.end) left.delete(message.partition);
        }
      }
    } catch (error) {
      failures += 1;
      if (failures > mostFailures) throw kafkaFailure(error, `reading ${topic}`);
      await backOff(failures, new AbortController().signal);
    } finally {
      await consumer.disconnect();
      await offsets.forgetGroup(groupId);
    }
  }
}

function createReader(kafka: Kafka, groupId: string): Consumer {
  return kafka.consumer({
    groupId,
    sessionTimeout: sessionMilliseconds,
    maxWaitTimeInMs: 200,
    allowAutoTopicCreation: false,
    // kafkajs' own restart would go on after a disconnect.
    retry: { retries: 2, restartOnFailure: async () => false },
  });
}

async function startReading(consumer: Consumer, topic: string): Promise<BoundedQueue<IncomingMessage>> {
  const queue = new BoundedQueue<IncomingMessage>(manyMessages);
  consumer.on(consumer.events.CRASH, ({ payload }) => queue.fail(payload.error));
  await consumer.connect();
  await consumer.subscribe({ topic, fromBeginning: true });
  await consumer.run({
    autoCommit: false,
    eachBatch: async ({ batch, heartbeat, isRunning }) => {
      queue.push(batch.messages.map((message) => incomingMessage(topic, batch.partition, message)));
      while (!queue.hasRoom() && isRunning()) {
        await Promise.race([queue.change(), pause(1_000)]);
        await heartbeat();
      }
    },
  });
  return queue;
}
