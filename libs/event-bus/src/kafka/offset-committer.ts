import type { OffsetsByTopicPartition } from 'kafkajs';
import type { BusLogger } from '../bus-logger.ts';

/** A commit takes what has been handled meanwhile; so much later at most is handled again after a crash. */
const commitMilliseconds = 50;
const retryMilliseconds = 500;

export type Commit = (offsets: OffsetsByTopicPartition) => Promise<void>;

/**
 * Commits what was handled, all partitions together and off the handlers' way, one commit after the other: one that
 * failed would else be tried again behind a newer one, and the group fall back. Only from a timer: kafkajs swaps the
 * group's generation and then tells us, without leaving the microtask queue, so that no commit of an old assignment
 * can slip under the new generation (the broker does not look whether the partition is ours).
 */
export class OffsetCommitter {
  readonly #logger: BusLogger;
  readonly #metadata: string;
  #commit: Commit | undefined;
  #pending = new Map<string, { topic: string; partition: number; next: bigint }>();
  #timer: NodeJS.Timeout | undefined;
  #running: Promise<void> | undefined;
  #isCommitting = false;

  /**
   * @param commit serves until a batch brings its own. kafkajs tries it again by itself, after a new assignment too: only
   * where a group stands is committed so, as it stands, and at worst it stands there again, and reads again.
   * @param metadata is kept beside each offset.
   */
  constructor(commit: Commit, logger: BusLogger, metadata = '') {
    this.#commit = commit;
    this.#metadata = metadata;
    this.#logger = logger;
  }

  /** kafkajs gives the means to commit, without tries of its own, only to who handles a batch. */
  use(commit: Commit): void {
    this.#commit = commit;
  }

  add(topic: string, partition: number, next: bigint): void {
    this.#pending.set(`${topic}/${partition}`, { topic, partition, next });
    this.#schedule(commitMilliseconds);
  }

  /** A new assignment: what is not committed yet is read again, by us or by somebody else. */
  forget(): void {
    this.#pending = new Map();
  }

  /** Commits what is left; gives up when the broker does not take it. */
  async close(): Promise<void> {
    await this.#running;
    await this.#flush();
    clearTimeout(this.#timer);
    this.#commit = undefined;
  }

  #schedule(milliseconds: number): void {
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      if (!this.#isCommitting) this.#running = this.#flush();
    }, milliseconds);
  }

  async #flush(): Promise<void> {
    const pending = this.#pending;
    if (pending.size === 0 || this.#commit === undefined) return;
    const taken = [...pending];
    pending.clear();
    const byTopic = Map.groupBy(
      taken.map(([, offset]) => offset),
      ({ topic }) => topic,
    );
    const topics = [...byTopic].map(([topic, partitions]) => ({
      topic,
      partitions: partitions.map(({ partition, next }) => {
        return { partition, offset: next.toString(), metadata: this.#metadata };
      }),
    }));
    this.#isCommitting = true;
    try {
      await this.#commit({ topics });
    } catch (error) {
      this.#logger.debug({ err: error, topics }, 'offsets were not committed');
      // Put back into the map they came from: if there was a new assignment meanwhile, nobody looks at that any more.
      for (const [key, offset] of taken) if (!pending.has(key)) pending.set(key, offset);
      this.#schedule(retryMilliseconds);
    } finally {
      this.#isCommitting = false;
      if (this.#pending.size > 0) this.#schedule(commitMilliseconds);
    }
  }
}
