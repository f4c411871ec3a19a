import { backOff } from '../backoff.ts';
import type { BusLogger } from '../bus-logger.ts';
import type { IncomingMessage, RunningConsumer, Subscription } from '../event-bus.ts';
import type { Lease } from '../lease/lease.ts';
import type { Leases } from '../lease/leases.ts';
import { CursorSaver } from '../relay/cursor-saver.ts';
import type { BusDatabase } from './bus-database.ts';
import type { LocalTopic } from './local-topic.ts';

const defaultMaxMessages = 1_000;

/** What a consumer of the local bus works with. */
export interface LocalConsumerParts {
  readonly database: BusDatabase;
  readonly leases: Leases;
  readonly topicNamed: (topic: string) => LocalTopic;
  readonly logger: BusLogger;
}

/** Handles the topics of a subscription, each for as long as this copy holds the lease of group and topic. */
export class LocalConsumer implements RunningConsumer {
  readonly #parts: LocalConsumerParts;
  readonly #subscription: Subscription;
  readonly #stopping = new AbortController();
  readonly #failing = new Set<string>();
  #running: Promise<unknown> | undefined;

  constructor(parts: LocalConsumerParts, subscription: Subscription) {
    this.#parts = parts;
    this.#subscription = subscription;
  }

  async start(): Promise<void> {
    const { groupId, topics, from } = this.#subscription;
    const { database, topicNamed } = this.#parts;
    if (from === 'end') {
      for (const topic of topics) {
        await database.query('begin-group-offset', [groupId, topic, (await topicNamed(topic).end()).toString()]);
      }
    }
    this.#running = Promise.all(topics.map((topic) => this.#stay(topic)));
  }

  problem(): string | undefined {
    const reads = this.#running !== undefined && !this.#stopping.signal.aborted && this.#failing.size === 0;
    return reads ? undefined : 'the consumer has not joined its group';
  }

  async stop(): Promise<void> {
    this.#stopping.abort();
    await this.#running;
  }

  async #stay(topic: string): Promise<void> {
    const { leases, logger } = this.#parts;
    const { groupId } = this.#subscription;
    const { signal } = this.#stopping;
    for (let failures = 0; !signal.aborted; failures += 1) {
      if (failures > 0) await backOff(failures, signal);
      // Tried again; and who waits for another copy to leave off has no fault.
      this.#failing.delete(topic);
      try {
        const name = `bus ${groupId} ${topic}`;
        await leases.withLease(name, signal, (lease) => {
          failures = 0;
          return this.#consume(topic, name, lease);
        });
      } catch (error) {
        this.#failing.add(topic);
        logger.error({ err: error, groupId, topic, failures }, 'the consumer failed and begins again');
      }
    }
  }

  async #consume(topic: string, leaseName: string, lease: Lease): Promise<void> {
    const { database, topicNamed, logger } = this.#parts;
    const { groupId, maxMessages = defaultMaxMessages, ignores = {} } = this.#subscription;
    const [row] = await database.query<{ next_offset: number }>('read-group-offset', [groupId, topic]);
    const commit = async (next: bigint): Promise<void> => {
      await database.query('commit-group-offset', [groupId, topic, next.toString(), leaseName, lease.epoch]);
    };
    const options = {
      from: BigInt(row?.next_offset ?? 0),
      limit: maxMessages,
      ignores: ignores[topic] ?? [],
      signal: lease.signal,
    };
    const saver = new CursorSaver(commit, logger, 50);
    try {
      for await (const { messages, next } of topicNamed(topic).follow(options)) {
        if (messages.length > 0 && !(await this.#handle(topic, messages, lease))) break;
        saver.reached(next);
      }
    } finally {
      await saver.close();
    }
  }

  /** Until it is handled; false when the lease was lost or the consumer is stopped before. */
  async #handle(topic: string, messages: readonly IncomingMessage[], lease: Lease): Promise<boolean> {
    const { groupId } = this.#subscription;
    const batch = { topic, partition: 0, messages, isStale: () => !lease.isHeld() };
    for (let attempt = 1; !lease.signal.aborted; attempt += 1) {
      try {
        await this.#subscription.handle(batch);
        return lease.isHeld();
      } catch (error) {
        const offset = messages[0]?.offset.toString();
        const facts = { groupId, topic, offset, messages: messages.length, attempt, err: error };
        this.#parts.logger.warn(facts, 'a batch was not handled and comes again');
        await backOff(attempt, lease.signal);
      }
    }
    return false;
  }
}
