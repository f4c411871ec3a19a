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
const idleMilliseconds = 1_000;

/** How far the reading of a partition has come; the message that stands before `next`, unless it is nobody's to see. */
interface Place {
  readonly partition: number;
  readonly next: bigint;
  readonly message?: IncomingMessage;
}

type Offsets = Pick<KafkaOffsets, 'ranges' | 'forgetGroup'>;
type Left = Map<number, { next: bigint; readonly end: bigint }>;

/**
 * Everything on the topic from its oldest message to where its partitions end now. kafkajs reads only as a group, so
 * this one has a name of its own (`lead-rotator.reader.` and a UUID), commits nothing and is deleted at the end.
 * @throws BusUnavailable when the broker does not answer for about ten seconds.
 */
export async function* readKafkaTopic(
  kafka: Kafka,
  offsets: Offsets,
  topic: string,
): AsyncGenerator<IncomingMessage, void> {
  const left: Left = new Map();
  for (const [partition, { oldest, end }] of await offsets.ranges(topic)) {
    if (oldest < end) left.set(partition, { next: oldest, end });
  }
  const groupId = `lead-rotator.reader.${randomUUID()}`;
  for (let failures = 0; left.size > 0; ) {
    const consumer = createReader(kafka, groupId);
    try {
      const queue = await startReading(consumer, topic);
      while (left.size > 0) {
        const places = await queue.take(idleMilliseconds);
        if (places.length === 0) await leaveOutWhatIsGone(left, offsets, topic);
        for (const { partition, next, message } of places) {
          const range = left.get(partition);
          // A message comes again after a failure or a rebalance, and there may be newer ones than we want.
          if (range === undefined || next <= range.next) continue;
          if (message !== undefined && message.offset < range.end) yield message;
          range.next = next;
          if (range.next >= range.end) left.delete(partition);
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

/** What was deleted since we asked where the topic begins and ends does not come any more. */
async function leaveOutWhatIsGone(left: Left, offsets: Offsets, topic: string): Promise<void> {
  const ranges = await offsets.ranges(topic);
  for (const [partition, { end }] of left) {
    // A partition that the broker does not tell of just now, as while its leader changes, is there all the same.
    const { oldest } = ranges.get(partition) ?? {};
    if (oldest !== undefined && oldest >= end) left.delete(partition);
  }
}

async function startReading(consumer: Consumer, topic: string): Promise<BoundedQueue<Place>> {
  const queue = new BoundedQueue<Place>(manyMessages);
  const { CRASH, END_BATCH_PROCESS } = consumer.events;
  consumer.on(CRASH, ({ payload }) => queue.fail(payload.error));
  consumer.on(END_BATCH_PROCESS, ({ payload: { partition, lastOffset } }) =>
    // Behind the last message may come what is nobody's to see: what an aborted transaction wrote, marks of its end.
    queue.push([{ partition, next: BigInt(lastOffset) + 1n }]),
  );
  await consumer.connect();
  await consumer.subscribe({ topic, fromBeginning: true });
  await consumer.run({
    autoCommit: false,
    eachBatch: async ({ batch, heartbeat, isRunning }) => {
      const { partition, messages } = batch;
      queue.push(
        messages.map((each) => {
          const message = incomingMessage(topic, partition, each);
          return { partition, next: message.offset + 1n, message };
        }),
      );
      while (!queue.hasRoom() && isRunning()) {
        await Promise.race([queue.change(), pause(1_000)]);
        await heartbeat();
      }
    },
  });
  return queue;
}
