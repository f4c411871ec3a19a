/** A message to be sent. Texts go as UTF-8; the partition follows from the key (murmur2, as Java's producer). */
export interface OutgoingMessage {
  readonly key: string | Buffer | null;
  readonly value: Buffer | null;
  readonly headers: Readonly<Record<string, string | Buffer | null>>;
}

/** A message as it was read. */
export interface IncomingMessage {
  readonly topic: string;
  readonly partition: number;
  readonly offset: bigint;
  /** Milliseconds since 1970; the broker's or the producer's time. */
  readonly timestamp: number;
  readonly key: Buffer | null;
  readonly value: Buffer | null;
  /** Repeated headers: the last one counts. A header may have no value. */
  readonly headers: Readonly<Record<string, Buffer | null>>;
}

/** Messages of one partition, in order. */
export interface MessageBatch {
  readonly topic: string;
  readonly partition: number;
  readonly messages: readonly IncomingMessage[];
  /** True once the partition belongs to somebody else: finish nothing that is not idempotent. */
  isStale(): boolean;
}

export interface Subscription {
  readonly topics: readonly string[];
  /** Consumers of the same group share the partitions. */
  readonly groupId: string;
  /** Where a group without an offset begins; default `beginning`. */
  readonly from?: 'beginning' | 'end';
  /**
   * By topic, the types of events (`ce_type`) that the handler would only ignore. A bus that can find them out cheaply
   * does not bring them; their offsets count as handled.
   */
  readonly ignores?: Readonly<Record<string, readonly string[]>>;
  /** At most so many messages in one batch; default 1,000. */
  readonly maxMessages?: number;
  /**
   * Handles a batch; when it resolves, the batch is done and its offset is committed.
   * When it rejects, the same messages come again after a pause: nothing is skipped and nothing else of the
   * partition is read until then. Batches of different partitions may be handled at the same time.
   */
  handle(batch: MessageBatch): Promise<void>;
}

export interface RunningConsumer {
  /** Stops reading, waits for the batches under way, commits, leaves the group. */
  stop(): Promise<void>;
  /**
   * Why it reads nothing now: it is not a member of its group (broker down, rejoining, stopped), or may not become one.
   * Undefined when it reads; a member may have no partition.
   */
  problem(): string | undefined;
}

export interface TopicSettings {
  readonly topic: string;
  readonly partitions: number;
  readonly replication: number;
  readonly retentionMilliseconds: number;
}

/** What carries messages between the services: Kafka, or the local bus. Both pass `describeEventBus` (the contract suite). */
export interface EventBus {
  /** Creates what is missing; never changes a topic that is there (the partition count is fixed for life). */
  ensureTopics(topics: readonly TopicSettings[]): Promise<void>;

  /**
   * Sends in the order given per key, and resolves when all are durably taken.
   * @throws BusUnavailable when it is not known whether they were: the same messages may be sent again.
   * @throws MessageRefused when the broker will never take them; none, some or all of the others were taken.
   */
  publish(topic: string, messages: readonly OutgoingMessage[]): Promise<void>;

  /**
   * Joins the group and reads until it is stopped; joins again after every fault that may pass. Resolves after the first
   * try, whether it went well or is repeated: `problem()` tells.
   */
  subscribe(subscription: Subscription): Promise<RunningConsumer>;

  /** The offset behind the last message of each partition, now. @throws BusUnavailable */
  endOffsets(topic: string): Promise<ReadonlyMap<number, bigint>>;

  /**
   * The group's committed offset of each partition: that of the next message it reads; absent where it has none.
   * @throws BusUnavailable; LogUnavailable when the log does not say which one it is
   * @throws OffsetsOfAnotherLog when one of them tells what another log than that of this process has taken in.
   */
  committedOffsets(groupId: string, topic: string): Promise<ReadonlyMap<number, bigint>>;

  /**
   * Everything that lies on the topic now, oldest first within a partition, without joining a group.
   * @throws BusUnavailable
   */
  readTopic(topic: string): AsyncIterable<IncomingMessage>;

  close(): Promise<void>;
}
