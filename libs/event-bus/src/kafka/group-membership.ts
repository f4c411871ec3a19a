import type {
  Consumer,
  ConsumerEndBatchProcessEvent,
  EachBatchPayload,
  Kafka,
  OffsetsByTopicPartition,
  TopicOffsets,
  TopicPartitionOffset,
} from 'kafkajs';
import { backOff } from '../backoff.ts';
import type { BusLogger } from '../bus-logger.ts';
import { OffsetsOfAnotherLog } from '../errors.ts';
import type { Subscription } from '../event-bus.ts';
import { incomingMessage, typeOfEvent } from './incoming-message.ts';
import { type KafkaOffsets, requireOwnLog } from './kafka-offsets.ts';
import { type Commit, OffsetCommitter } from './offset-committer.ts';
import { type LaneOwner, PartitionLane } from './partition-lane.ts';
import { OffsetsGone, SeenOffsets } from './seen-offsets.ts';

const withTopic = ({ topic, partitions }: TopicOffsets): TopicPartitionOffset[] =>
  partitions.map((one) => ({ topic, ...one }));
type BatchRange = Pick<ConsumerEndBatchProcessEvent['payload'], 'topic' | 'partition' | 'batchSize' | 'lastOffset'>;

export interface MembershipSettings {
  readonly sessionMilliseconds: number;
  readonly logger: BusLogger;
  /** Called when messages between what was handled and what was found are gone. */
  readonly onGap: (topic: string, partition: number, wanted: bigint, found: bigint) => void;
  /** The log that the offsets of the group belong to, kept beside each; '' for none. */
  readonly logId: string;
  readonly offsets: Pick<KafkaOffsets, 'committed' | 'standing'>;
}

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
  readonly #onGap: MembershipSettings['onGap'];
  readonly #committer: OffsetCommitter;
  readonly #lanes = new Map<string, { readonly lane: PartitionLane; next?: bigint }>();
  /** Resolve when the batches of lanes that were ours are over. */
  readonly #over = new Map<string, Promise<void>>();
  readonly #paused = new Map<string, PartitionLane>();
  readonly #sessionMilliseconds: number;
  /** By topic, the types of events that are not brought. */
  readonly #ignored: ReadonlyMap<string, ReadonlySet<string>>;
  /** Resolves with the reason when the membership is over without having been asked to leave. */
  readonly crashed: Promise<Error>;
  #fail: (reason: Error) => void = () => undefined;
  readonly #logId: string;
  readonly #offsets: MembershipSettings['offsets'];
  readonly #seen: SeenOffsets;
  /** Aborted when what was assigned last is ours no longer. */
  #assignment = new AbortController();
  #lastSign = 0;
  #leaving = false;

  constructor(
    kafka: Kafka,
    subscription: Subscription,
    { sessionMilliseconds, logger, onGap, logId, offsets }: MembershipSettings,
  ) {
    this.#logId = logId;
    this.#offsets = offsets;
    this.#seen = new SeenOffsets(subscription.groupId, offsets);
    this.#subscription = subscription;
    this.#ignored = new Map(
      Object.entries(subscription.ignores ?? {}).map(([topic, types]) => [topic, new Set(types)]),
    );
    this.#logger = logger;
    this.#onGap = onGap;
    this.#sessionMilliseconds = sessionMilliseconds;
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
      // So late at most is a partition noticed that somebody has added.
      metadataMaxAge: 10_000,
      // Every crash ends the membership: who owns it decides what comes next.
      retry: { initialRetryTime: 100, maxRetryTime: 1_000, retries: 5, restartOnFailure: async () => false },
    });
    this.#committer = new OffsetCommitter(
      (offsets) => this.#commit(({ topics }) => this.#consumer.commitOffsets(topics.flatMap(withTopic)), offsets),
      logger,
      logId,
    );
    const { GROUP_JOIN, HEARTBEAT, END_BATCH_PROCESS, CRASH } = this.#consumer.events;
    this.#consumer.on(GROUP_JOIN, ({ payload }) => this.#assign(payload.memberAssignment));
    this.#consumer.on(HEARTBEAT, () => {
      this.#lastSign = Date.now();
    });
    this.#consumer.on(END_BATCH_PROCESS, ({ payload }) => this.#passOver(payload));
    this.crashed = new Promise((resolve) => {
      this.#fail = resolve;
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
    this.#assignment.abort();
    await this.#ended((lane) => lane.stop());
    await this.#committer.close();
    await this.#consumer.disconnect().catch(() => undefined);
  }

  /** It is over already: nothing can be committed any more. */
  async abandon(): Promise<void> {
    this.#assignment.abort();
    this.#committer.forget();
    await this.#ended((lane) => lane.revoke());
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

  async #ended(end: (lane: PartitionLane) => Promise<void>): Promise<void> {
    await Promise.all([...this.#over.values(), ...[...this.#lanes.values()].map(({ lane }) => end(lane))]);
  }

  #assign(assignment: Readonly<Record<string, number[]>>): void {
    this.#lastSign = Date.now();
    this.#committer.forget();
    this.#seen.clear();
    for (const [key, { lane }] of this.#lanes) this.#over.set(key, lane.revoke());
    this.#lanes.clear();
    for (const lane of this.#paused.values()) this.#resume(lane);
    this.#paused.clear();
    const looked = this.#look();
    for (const [topic, partitions] of Object.entries(assignment)) {
      for (const partition of partitions) {
        const key = laneKey(topic, partition);
        const after = Promise.all([this.#over.get(key), looked]).then(() => undefined);
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

  /** Resolves when what is assigned now may be handled: the group does not stand for another log. */
  #look(): Promise<void> {
    this.#assignment.abort();
    this.#assignment = new AbortController();
    const { signal } = this.#assignment;
    if (this.#logId === '' || this.#leaving) return Promise.resolve();
    return new Promise((resolve) => {
      signal.addEventListener('abort', () => resolve(), { once: true });
      void this.#claim(signal, resolve);
    });
  }

  /**
   * Looks whether the group stands for another log, and says when that is known not to be so; then, until the log's id
   * lies beside the offset of each of our partitions, commits where the group stands, as it stands. It looks again behind
   * that: of two logs whose services join a new group at once, one at least notices the other.
   */
  async #claim(assignment: AbortSignal, looked: () => void): Promise<void> {
    for (let attempt = 1; !assignment.aborted; attempt += 1) {
      try {
        const unclaimed = await this.#unclaimed();
        looked();
        if (unclaimed.length === 0) return;
        for (const topic of unclaimed) await this.#commitAsItStands(topic, assignment);
      } catch (error) {
        if (error instanceof OffsetsOfAnotherLog) return this.#fail(error);
        this.#logger.debug({ err: error, groupId: this.#subscription.groupId }, 'the group is claimed later');
      }
      await backOff(attempt, assignment);
    }
  }

  /** Topics with a partition of ours beside whose offset no log's id lies. @throws OffsetsOfAnotherLog */
  async #unclaimed(): Promise<string[]> {
    const { groupId, topics } = this.#subscription;
    const found: string[] = [];
    for (const topic of topics) {
      const committed = await this.#offsets.committed(groupId, topic);
      requireOwnLog(groupId, topic, committed, this.#logId);
      this.#seen.saw(topic, committed.keys());
      const ours = [...this.#lanes.values()].filter(({ lane }) => lane.topic === topic);
      if (ours.some(({ lane }) => !committed.get(lane.partition)?.logId)) found.push(topic);
    }
    return found;
  }

  /**
   * Where no message has come yet: one that has come brings the id with its own commit. It is asked only now: what was read
   * before joining may be old, and the group would fall back.
   */
  async #commitAsItStands(topic: string, assignment: AbortSignal): Promise<void> {
    const standing = await this.#offsets.standing(this.#subscription.groupId, topic);
    if (assignment.aborted) return;
    for (const [partition, { oldest, next = oldest, logId = '' }] of standing) {
      const entry = this.#lanes.get(laneKey(topic, partition));
      if (entry !== undefined && entry.next === undefined && logId === '') this.#committer.add(topic, partition, next);
    }
  }

  /**
   * A topic that is made anew takes the group's offsets with it, and while nothing is fetched, because lanes are full,
   * nothing else tells. Committed on the new one, where the old one stood would skip what lies before it.
   */
  async #commit(commit: Commit, offsets: OffsetsByTopicPartition): Promise<void> {
    const assignment = this.#assignment;
    try {
      await this.#seen.require(offsets);
    } catch (error) {
      if (error instanceof OffsetsGone) this.#fail(error);
      throw error;
    }
    // Not given away meanwhile: see OffsetCommitter.
    if (this.#assignment !== assignment) throw new Error('the partitions were given out anew');
    await commit(offsets);
    for (const { topic, partitions } of offsets.topics) {
      this.#seen.saw(
        topic,
        partitions.map(({ partition }) => partition),
      );
    }
  }

  #receive({ batch, commitOffsetsIfNecessary }: EachBatchPayload): void {
    const entry = this.#lanes.get(laneKey(batch.topic, batch.partition));
    if (entry === undefined) return;
    this.#committer.use((offsets) => this.#commit(commitOffsetsIfNecessary, offsets));
    const { topic, partition, messages } = batch;
    const first = BigInt(batch.firstOffset() ?? batch.lastOffset());
    if (entry.next !== undefined && first > entry.next) this.#onGap(topic, partition, entry.next, first);
    entry.next = BigInt(batch.lastOffset()) + 1n;
    const ignored = this.#ignored.get(topic);
    const wanted =
      ignored === undefined ? messages : messages.filter((message) => !ignored.has(typeOfEvent(message) ?? ''));
    entry.lane.push(
      wanted.map((message) => incomingMessage(topic, partition, message)),
      entry.next,
    );
  }

  /**
   * What was fetched and is nobody's to see: messages of a transaction that was aborted, and the marks at the end of each.
   * kafkajs goes on behind them without handing anything over, and so must what is committed.
   */
  #passOver({ topic, partition, batchSize, lastOffset }: BatchRange): void {
    const entry = this.#lanes.get(laneKey(topic, partition));
    if (entry === undefined || batchSize > 0) return;
    entry.next = BigInt(lastOffset) + 1n;
    entry.lane.push([], entry.next);
  }

  #resume({ topic, partition }: PartitionLane): void {
    try {
      this.#consumer.resume([{ topic, partitions: [partition] }]);
    } catch {
      // Not running any more: the next membership begins with nothing paused.
    }
  }
}
