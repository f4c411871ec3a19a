import type { IncomingMessage } from '../event-bus.ts';

/** What the local bus reads from. It has one partition, 0; offsets begin at 0 and have no gap, as with Kafka. */
export interface LocalTopic {
  /** The offset behind the last message. */
  end(): Promise<bigint>;
  /** At most so many messages from an offset on, or from the oldest that is there. */
  read(from: bigint, limit: number): Promise<IncomingMessage[]>;
  /** The same, and then what comes, until the signal is aborted. While the database is away it waits. */
  follow(from: bigint, limit: number, signal: AbortSignal): AsyncIterable<IncomingMessage[]>;
}
