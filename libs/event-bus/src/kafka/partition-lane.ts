import { backOff } from '../backoff.ts';
import type { BusLogger } from '../bus-logger.ts';
import type { IncomingMessage, Subscription } from '../event-bus.ts';

/** A lane with more than this in it asks for no more, until half of it is gone. */
const manyMessages = 1_000;
const manyBytes = 4_000_000;

/** What a lane tells the consumer it belongs to. */
export interface LaneOwner {
  /** Everything before `next` is done. */
  handled(lane: PartitionLane, next: bigint): void;
  full(lane: PartitionLane): void;
  roomy(lane: PartitionLane): void;
}

export interface LaneSettings {
  readonly topic: string;
  readonly partition: number;
  readonly subscription: Subscription;
  readonly owner: LaneOwner;
  readonly logger: BusLogger;
  /** What must be over before anything is handled: the batch of a former lane of the partition, a look at the group. */
  readonly after: Promise<void>;
}

/**
 * Hands the messages of one partition to the handler, in order, a batch at a time, for as long as the partition is
 * ours. It is fed by the fetch loop and works beside it: the loop goes on fetching and sending heartbeats however
 * long a handler takes, and a partition whose handler fails holds up no other.
 */
export class PartitionLane {
  readonly topic: string;
  readonly partition: number;
  readonly #settings: LaneSettings;
  readonly #ending = new AbortController();
  #buffer: IncomingMessage[] = [];
  /** Behind the last message that was fetched, wanted or not. */
  #fetched = 0n;
  #bytes = 0;
  #full = false;
  #revoked = false;
  #working: Promise<void> | undefined;

  constructor(settings: LaneSettings) {
    this.#settings = settings;
    this.topic = settings.topic;
    this.partition = settings.partition;
  }

  /** @param next behind the last message that was fetched: between what is pushed there may be some that nobody wants. */
  push(messages: readonly IncomingMessage[], next: bigint): void {
    if (this.#ending.signal.aborted) return;
    this.#fetched = next;
    if (messages.length === 0 && this.#buffer.length === 0) void this.#passOver(next);
    for (const message of messages) {
      this.#buffer.push(message);
      this.#bytes += size(message);
    }
    if (!this.#full && (this.#buffer.length > manyMessages || this.#bytes > manyBytes)) {
      this.#full = true;
      this.#settings.owner.full(this);
    }
    if (this.#buffer.length > 0) this.#working ??= this.#work();
  }

  /** The partition belongs to somebody else, or may: the batch under way turns stale and is not committed. */
  revoke(): Promise<void> {
    this.#revoked = true;
    return this.stop();
  }

  /** Begins no other batch; resolves when the one under way is over, be it a former lane's. */
  async stop(): Promise<void> {
    this.#ending.abort();
    await (this.#working ?? this.#settings.after);
  }

  async #passOver(next: bigint): Promise<void> {
    await this.#settings.after;
    const isLast = this.#buffer.length === 0 && this.#fetched === next;
    if (isLast && !this.#ending.signal.aborted) this.#settings.owner.handled(this, next);
  }

  async #work(): Promise<void> {
    await this.#settings.after;
    while (this.#buffer.length > 0 && !this.#ending.signal.aborted) {
      const messages = this.#buffer.slice(0, this.#settings.subscription.maxMessages ?? 1_000);
      await this.#handle(messages);
    }
    this.#working = undefined;
  }

  async #handle(messages: readonly IncomingMessage[]): Promise<void> {
    const { topic, partition, subscription, owner, logger } = this.#settings;
    const last = messages[messages.length - 1] as IncomingMessage;
    for (let attempt = 1; !this.#ending.signal.aborted; attempt += 1) {
      try {
        await subscription.handle({ topic, partition, messages, isStale: () => this.#revoked });
      } catch (error) {
        const offset = messages[0]?.offset.toString();
        const facts = { topic, partition, offset, messages: messages.length, attempt, err: error };
        logger.warn(facts, 'a batch was not handled and comes again');
        await backOff(attempt, this.#ending.signal);
        continue;
      }
      this.#take(messages);
      if (!this.#revoked) owner.handled(this, this.#buffer.length === 0 ? this.#fetched : last.offset + 1n);
      return;
    }
  }

  #take(messages: readonly IncomingMessage[]): void {
    this.#buffer.splice(0, messages.length);
    for (const message of messages) this.#bytes -= size(message);
    if (this.#full && this.#buffer.length <= manyMessages / 2 && this.#bytes <= manyBytes / 2) {
      this.#full = false;
      this.#settings.owner.roomy(this);
    }
  }
}

function size(message: IncomingMessage): number {
  return (message.value?.length ?? 0) + 200;
}
