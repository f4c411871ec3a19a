import type { Kafka } from 'kafkajs';
import { backOff } from '../backoff.ts';
import { silentLogger } from '../bus-logger.ts';
import { OffsetsOfAnotherLog } from '../errors.ts';
import type { RunningConsumer, Subscription } from '../event-bus.ts';
import { GroupMembership } from './group-membership.ts';
import { type KafkaOffsets, requireOwnLog } from './kafka-offsets.ts';
import type { KafkaSettings, OffsetLoss } from './kafka-settings.ts';

const defaultSessionMilliseconds = 6_000;
const notJoined = 'the consumer has not joined its group';

/**
 * Stays in a consumer group until it is stopped: joins, and joins again after every crash. kafkajs restarts by itself
 * only after errors that it holds for retriable, and leaves a dead consumer behind after the others.
 */
export class KafkaConsumer implements RunningConsumer {
  readonly #kafka: Kafka;
  readonly #offsets: KafkaOffsets;
  readonly #settings: KafkaSettings;
  readonly #subscription: Subscription;
  readonly #stopping = new AbortController();
  #membership: GroupMembership | undefined;
  /** Why it has not joined. */
  #refusal: string | undefined;
  #running: Promise<void> | undefined;

  constructor(kafka: Kafka, offsets: KafkaOffsets, settings: KafkaSettings, subscription: Subscription) {
    this.#kafka = kafka;
    this.#offsets = offsets;
    this.#settings = settings;
    this.#subscription = subscription;
  }

  /** Resolves after the first try to join, whether it went well or is to be repeated. */
  start(): Promise<void> {
    return new Promise((resolve) => {
      this.#running = this.#stay(resolve).finally(resolve);
    });
  }

  problem(): string | undefined {
    if (this.#membership?.isReady()) return undefined;
    return this.#refusal ?? notJoined;
  }

  async stop(): Promise<void> {
    this.#stopping.abort();
    await this.#running;
  }

  async #stay(onTried: () => void): Promise<void> {
    const { signal } = this.#stopping;
    const logger = this.#settings.logger ?? silentLogger;
    const { groupId, topics } = this.#subscription;
    const stopped = new Promise<undefined>((resolve) => {
      signal.addEventListener('abort', () => resolve(undefined), { once: true });
    });
    for (let failures = 0; !signal.aborted; ) {
      let membership: GroupMembership | undefined;
      try {
        membership = await this.#newMembership();
        this.#refusal = undefined;
        await membership.join();
        this.#membership = membership;
        if (membership.isReady()) failures = 0;
        onTried();
        const crash = await Promise.race([membership.crashed, stopped]);
        if (crash === undefined) return await membership.leave();
        throw crash;
      } catch (error) {
        failures += 1;
        this.#refusal = error instanceof OffsetsOfAnotherLog ? error.message : `${notJoined}: ${String(error)}`;
        logger.error({ err: error, groupId, topics, failures }, 'the consumer failed and joins again');
      }
      onTried();
      this.#membership = undefined;
      await membership?.abandon();
      await backOff(failures, signal);
    }
  }

  async #newMembership(): Promise<GroupMembership> {
    const { sessionMilliseconds = defaultSessionMilliseconds, logger = silentLogger, log } = this.#settings;
    const logId = (await log?.id()) ?? '';
    await this.#prepare(logId);
    const onGap = this.#report.bind(this);
    const offsets = this.#offsets;
    return new GroupMembership(this.#kafka, this.#subscription, { sessionMilliseconds, logger, onGap, logId, offsets });
  }

  /**
   * Finds out where the group stands before it joins, and says so if the messages it wants are not there.
   * @throws OffsetsOfAnotherLog before anything is committed or said.
   */
  async #prepare(logId: string): Promise<void> {
    const { groupId, topics, from } = this.#subscription;
    const standings = await Promise.all(
      topics.map(async (topic) => [topic, await this.#offsets.standing(groupId, topic)] as const),
    );
    for (const [topic, standing] of standings) requireOwnLog(groupId, topic, standing, logId);
    for (const [topic, standing] of standings) {
      for (const [partition, { oldest, end, next = oldest }] of standing)
        if (next < oldest || next > end) this.#report(topic, partition, next, oldest);
      if (from === 'end') await this.#offsets.beginAtEnd(groupId, topic, logId);
    }
  }

  #report(topic: string, partition: number, wanted: bigint, resumed: bigint): void {
    const loss: OffsetLoss = { groupId: this.#subscription.groupId, topic, partition, wanted, resumed };
    const facts = { ...loss, wanted: wanted.toString(), resumed: resumed.toString() };
    const message =
      wanted < resumed
        ? 'messages expired before the group has read them'
        : 'the group stands behind the end of the topic and reads it again';
    (this.#settings.logger ?? silentLogger).error(facts, message);
    this.#settings.onOffsetLoss?.(loss);
  }
}
