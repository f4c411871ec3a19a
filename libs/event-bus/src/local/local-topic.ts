import type { IncomingMessage } from '../event-bus.ts';

/** What lies on a topic up to an offset, without what was to be left out. */
export interface MessagePage {
  readonly messages: readonly IncomingMessage[];
  /** The offset to go on at. */
  readonly next: bigint;
}

export interface FollowOptions {
  /** The offset to begin at, or at the oldest that is there. */
  readonly from: bigint;
  /** At most so many messages a page. */
  readonly limit: number;
  /** Types of events that need not be brought. */
  readonly ignores: readonly string[];
  readonly signal: AbortSignal;
}

/** What the local bus reads from. It has one partition, 0; offsets begin at 0 and have no gap, as with Kafka. */
export interface LocalTopic {
  /** The offset behind the last message. */
  end(): Promise<bigint>;
  /** At most so many messages from an offset on, or from the oldest that is there. */
  read(from: bigint, limit: number): Promise<IncomingMessage[]>;
  /**
   * What is there and then what comes, until the signal is aborted. While the database is away it waits.
   * @throws whatever else is wrong: waiting would not mend it.
   */
  follow(options: FollowOptions): AsyncIterable<MessagePage>;
}
