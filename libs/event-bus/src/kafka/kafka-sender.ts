import kafkajs from 'kafkajs';
import { MessageRefused } from '../errors.ts';
import type { OutgoingMessage } from '../event-bus.ts';
import { kafkaFailure } from './kafka-failure.ts';
import { outgoingRecords } from './produce-request.ts';
import { splitByBytes } from './split-by-bytes.ts';
import { stablePartitioner } from './stable-partitioner.ts';

/** kafkajs makes one record batch per partition of a send; brokers take 1,048,588 bytes by default. */
const maxSendBytes = 900_000;

/** One call of `publish`; once a part of it has failed, the rest is not sent. */
interface Ticket {
  failure?: Error;
}

interface Parcel {
  readonly ticket: Ticket;
  readonly topic: string;
  readonly messages: readonly OutgoingMessage[];
  readonly bytes: number;
  resolve(): void;
  reject(error: Error): void;
}

/**
 * Sends in the order of the calls, one send in flight, each taking all that has gathered meanwhile. kafkajs numbers
 * the batches of an idempotent producer by the acknowledgements it has seen: with several in flight, one of which
 * fails, two batches get the same number and the broker drops the second as a duplicate, acknowledged. After a failure
 * that kafkajs could not mend by repeating the same bytes, the numbering is unknown and the producer is replaced.
 *
 * When a leader is lost in the middle of a send, kafkajs repeats it only to brokers that have not answered yet: what
 * has moved to one that has is left out, and the send resolves. So the answer is held against what was to be sent.
 */
export class KafkaSender {
  readonly #kafka: kafkajs.Kafka;
  #producer: Promise<kafkajs.Producer> | undefined;
  #waiting: Parcel[] = [];
  #draining: Promise<void> | undefined;
  /** Where the messages of the send in flight belong, as `topic/partition`. */
  readonly #wanted = new Set<string>();

  constructor(kafka: kafkajs.Kafka) {
    this.#kafka = kafka;
  }

  /** As `EventBus.publish`. */
  async publish(topic: string, messages: readonly OutgoingMessage[]): Promise<void> {
    const ticket: Ticket = {};
    const parts = splitByBytes(messages, maxSendBytes);
    const sent = parts.map(
      ({ messages, bytes }) =>
        new Promise<void>((resolve, reject) => {
          this.#waiting.push({ ticket, topic, messages, bytes, resolve, reject });
        }),
    );
    this.#draining ??= this.#drain();
    const outcomes = await Promise.allSettled(sent);
    for (const outcome of outcomes) if (outcome.status === 'rejected') throw outcome.reason;
  }

  async close(): Promise<void> {
    await this.#draining;
    await this.#dropProducer();
  }

  async #drain(): Promise<void> {
    // What is published in the same turn of the event loop goes together.
    await Promise.resolve();
    while (this.#waiting.length > 0) {
      const parcels = this.#take();
      const failure = await this.#send(parcels);
      // One message that is refused must not fail those that were gathered with it.
      if (failure instanceof MessageRefused && parcels.length > 1) await this.#sendOneByOne(parcels);
      else settle(parcels, failure);
    }
    this.#draining = undefined;
  }

  #take(): Parcel[] {
    const parcels: Parcel[] = [];
    let bytes = 0;
    let seen = 0;
    for (const parcel of this.#waiting) {
      const { failure } = parcel.ticket;
      if (failure === undefined) {
        if (parcels.length > 0 && bytes + parcel.bytes > maxSendBytes) break;
        parcels.push(parcel);
        bytes += parcel.bytes;
      } else parcel.reject(failure);
      seen += 1;
    }
    this.#waiting = this.#waiting.slice(seen);
    return parcels;
  }

  async #sendOneByOne(parcels: readonly Parcel[]): Promise<void> {
    for (const parcel of parcels) {
      const { failure } = parcel.ticket;
      settle([parcel], failure ?? (await this.#send([parcel])));
    }
  }

  async #send(parcels: readonly Parcel[]): Promise<Error | undefined> {
    if (parcels.length === 0) return undefined;
    const byTopic = Map.groupBy(parcels, ({ topic }) => topic);
    try {
      const topicMessages = [...byTopic].map(([topic, group]) => ({
        topic,
        messages: outgoingRecords(group.flatMap(({ messages }) => messages)),
      }));
      this.#producer ??= this.#connect();
      const producer = await this.#producer;
      this.#wanted.clear();
      const answer = await producer.sendBatch({ acks: -1, topicMessages });
      for (const { topicName, partition } of answer) this.#wanted.delete(placeOf(topicName, partition));
      if (this.#wanted.size > 0) throw new Error(`nobody has acknowledged ${[...this.#wanted].join(', ')}`);
      return undefined;
    } catch (error) {
      // Not awaited: a broker that does not answer would hold up the next producer for its time limits.
      void this.#dropProducer();
      return kafkaFailure(error, `sending to ${[...byTopic.keys()].join(', ')}`);
    }
  }

  async #connect(): Promise<kafkajs.Producer> {
    const producer = this.#kafka.producer({
      idempotent: true,
      maxInFlightRequests: 1,
      allowAutoTopicCreation: false,
      createPartitioner: this.#notePlaces(stablePartitioner()),
      retry: { initialRetryTime: 100, maxRetryTime: 1_000, retries: 5 },
    });
    await producer.connect();
    return producer;
  }

  #notePlaces(partitioner: kafkajs.ICustomPartitioner): kafkajs.ICustomPartitioner {
    return () => {
      const choose = partitioner();
      return (args) => {
        const partition = choose(args);
        this.#wanted.add(placeOf(args.topic, partition));
        return partition;
      };
    };
  }

  async #dropProducer(): Promise<void> {
    const producer = this.#producer;
    this.#producer = undefined;
    await producer?.then((connected) => connected.disconnect()).catch(() => undefined);
  }
}

const placeOf = (topic: string, partition: number): string => `${topic}/${partition}`;

function settle(parcels: readonly Parcel[], failure: Error | undefined): void {
  for (const { ticket, resolve, reject } of parcels) {
    if (failure === undefined) resolve();
    else {
      ticket.failure = failure;
      reject(failure);
    }
  }
}
