import type { Consumer, EachBatchPayload, Kafka } from 'kafkajs';
import type { BusLogger } from '../bus-logger.ts';
import type { Subscription } from '../event-bus.ts';
import { incomingMessage, typeOfEvent } from './incoming-message.ts';
import { OffsetCommitter } from './offset-committer.ts';
import { type LaneOwner, PartitionLane } from './partition-lane.ts';

const laneKey = (topic: string, partition: number): string => `${topic}/${partition}`;

/**
 * One stay in a consumer group, from joining until we leave or kafkajs crashes. kafkajs' own loop only fetches and
 * sends heartbeats; the work is done by a lane for each partition. With each assignment all lanes are made anew:
 * a batch under way turns stale, is not committed, and is waited for before the partition's next lane begins.
 */
export class GroupMembership implements LaneOwner {
  readonly #consumer: Consumer;
  readonly #subscription: Subscription;
  readonly #logger: BusLogger;
  readonly #onGap: (topic: string, partition: number, wanted: bigint, found: bigint) => void;
  readonly #committer: OffsetCommitter;
  readonly #lanes = new Map<string, { readonly lane: PartitionLane; next?: bigint }>();
  readonly #paused = new Map<string, PartitionLane>();
  readonly #sessionMilliseconds: number;
  /** By topic, the types of events that are not brought. */
  readonly #ignored: ReadonlyMap<string, ReadonlySet<string>>;
  /** Resolves with the reason when the membership is over without having been asked to leave. */
  readonly crashed: Promise<Error>;
  #lastSign = 0;
  #leaving = false;

  constructor(
    kafka: Kafka,
    subscription: Subscription,
    sessionMilliseconds: number,
    logger: BusLogger,
    onGap: (topic: string, partition: number, wanted: bigint, found: bigint) => void,
  ) {
    this.#subscription = subscription;
    this.#ignored = new Map(
      Object.entries(subscription.ignores ?? {}).map(([topic, types]) => [topic, new Set(types)]),
    );
    this.#logger = logger;
    this.#onGap = onGap;
    this.#sessionMilliseconds = sessionMilliseconds;
    this.#committer = new OffsetCommitter(logger);
    this.#consumer = kafka.consumer({
      groupId: subscription.groupId,
      sessionTimeout: sessionMilliseconds,
      heartbeatInterval: Math.min(500, sessionMilliseconds / 3),
      rebalanceTimeout: 10_000,
      // Also how long a partition that was paused may wait for its next fetch.
      maxWaitTimeInMs: 200,
      // What is fetched is held in memory until it is handled: a megabyte of each partition lives long enough to be copied.
      maxBytesPerPartition: 262_144,
      allowAutoTopicCreation: false,
      // Every crash ends the membership: who owns it decides what comes next.
      retry: { initialRetryTime: 100, maxRetryTime: 1_000, retries: 5, restartOnFailure: async () => false },
    });
    const { GROUP_JOIN, HEARTBEAT, CRASH } = this.#consumer.events;
    this.#consumer.on(GROUP_JOIN, ({ payload }) => this.#assign(payload.memberAssignment));
    this.#consumer.on(HEARTBEAT, () => {
      this.#lastSign = Date.now();
    });
    this.crashed = new Promise((resolve) => {
      this.#consumer.on(CRASH, ({ payload }) => resolve(payload.error));
    });
  }

  /** Resolves when it has joined, or has failed to: then `crashed` resolves too. */
  async join(): Promise<void> {
    await this.#consumer.connect();
    // From the beginning also when the group's offset is out of range: reading again is allowed, skipping is not.
    await this.#consumer.subscribe({ topics: [...this.#subscription.topics], fromBeginning: true });
    await this.#consumer.run({
      autoCommit: false,
      partitionsConsumedConcurrently: 1,
      eachBatch: async (payload) => this.#receive(payload),
    });
  }

  isReady(): boolean {
    return !this.#leaving && Date.now() - this.#lastSign < this.#sessionMilliseconds;
  }

  /** Waits for the batches under way, commits and leaves; heartbeats go on until then. */
  async leave(): Promise<void> {
    this.#leaving = true;
    await Promise.all([...this.#lanes.values()].map(({ lane }) => lane.stop()));
    await this.#committer.close();
    await this.#consumer.disconnect().catch(() => undefined);
  }

  /** It is over already: nothing can be committed any more. */
  async abandon(): Promise<void> {
    this.#committer.forget();
    await Promise.all([...this.#lanes.values()].map(({ lane }) => lane.revoke()));
    await this.#committer.close();
    await this.#consumer.disconnect().catch(() => undefined);
  }

  handled(lane: PartitionLane, next: bigint): void {
    this.#committer.add(lane.topic, lane.partition, next);
  }

  full(lane: PartitionLane): void {
    this.#paused.set(laneKey(lane.topic, lane.partition), lane);
    this.#consumer.pause([{ topic: lane.topic, partitions: [lane.partition] }]);
  }

  roomy(lane: PartitionLane): void {
    if (this.#paused.get(laneKey(lane.topic, lane.partition)) !== lane) return;
    this.#paused.delete(laneKey(lane.topic, lane.partition));
    this.#resume(lane);
  }

  #assign(assignment: Readonly<Record<string, number[]>>): void {
    this.#lastSign = Date.now();
    this.#committer.forget();
    const over = new Map([...this.#lanes].map(([key, { lane }]) => [key, lane.revoke()]));
    this.#lanes.clear();
    for (const lane of this.#paused.values()) this.#resume(lane);
    this.#paused.clear();
    for (const [topic, partitions] of Object.entries(assignment)) {
      for (const partition of partitions) {
        const key = laneKey(topic, partition);
        const after = over.get(key) ?? Promise.resolve();
        const settings = {
          topic,
          partition,
          subscription: this.#subscription,
          owner: this,
          logger: this.#logger,
          after,
        };
        this.#lanes.set(key, { lane: new PartitionLane(settings) });
      }
    }
    const { groupId } = this.#subscription;
    this.#logger.info({ groupId, assignment }, 'joined the consumer group');
  }

  #receive({ batch, commitOffsetsIfNecessary }: EachBatchPayload): void {
    const entry = this.#lanes.get(laneKey(batch.topic, batch.partition));
    if (entry === undefined) return;
    this.#committer.use(commitOffsetsIfNecessary);
    const { topic, partition, messages } = batch;
    const [first] = messages;
    if (first === undefined) return;
    if (entry.next !== undefined && BigInt(first.offset) > entry.next) {
      this.#onGap(topic, partition, entry.next, BigInt(first.offset));
    }
    entry.next = BigInt(batch.lastOffset()) + 1n;
    const ignored = this.#ignored.get(topic);
    const wanted =
      ignored === undefined ? messages : messages.filter((message) => !ignored.has(typeOfEvent(message) ?? ''));
    entry.lane.push(
      wanted.map((message) => incomingMessage(topic, partition, message)),
      entry.next,
    );
  }

  #resume({ topic, partition }: PartitionLane): void {
    try {
      this.#consumer.resume([{ topic, partitions: [partition] }]);
    } catch {
      // Not running any more: the next membership begins with nothing paused.
    }
  }
}
