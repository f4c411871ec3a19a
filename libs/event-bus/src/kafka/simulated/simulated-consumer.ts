import { setTimeout as sleep } from 'node:timers/promises';
import type { Wire } from '@lead-rotator/event-log';
import type {
  Consumer,
  ConsumerConfig,
  EachBatchPayload,
  OffsetsByTopicPartition,
  TopicPartitionOffsetAndMetadata,
} from 'kafkajs';
import type { SimulatedBroker } from './simulated-broker.ts';
import type { Joined } from './simulated-group.ts';

const events = {
  GROUP_JOIN: 'consumer.group_join',
  HEARTBEAT: 'consumer.heartbeat',
  END_BATCH_PROCESS: 'consumer.end_batch_process',
  CRASH: 'consumer.crash',
} as const;

const messagesPerFetch = 500;
const retryMilliseconds = 300;
/** After so many failures in a row kafkajs gives up, and crashes. */
const mostFailures = 5;

type Listener = (event: { readonly payload: unknown }) => void;
type EachBatch = (payload: EachBatchPayload) => Promise<void>;

/** The part of kafkajs' consumer that is used here, on a simulated broker. */
export class SimulatedConsumer {
  readonly events = events;
  readonly #broker: SimulatedBroker;
  readonly #wire: Wire;
  readonly #config: ConsumerConfig;
  readonly #topics: string[] = [];
  readonly #listeners = new Map<string, Listener[]>();
  readonly #paused = new Set<string>();
  #membership: Joined | undefined;
  /** Ends what belongs to an assignment that is over. */
  #assigned = new AbortController();
  #eachBatch: EachBatch = async () => {};
  /** Ends what goes on until it crashes or leaves. */
  readonly #over = new AbortController();
  #isRunning = false;

  constructor(broker: SimulatedBroker, wire: Wire, config: ConsumerConfig) {
    this.#broker = broker;
    this.#wire = wire;
    this.#config = config;
  }

  on(event: string, listener: Listener): void {
    this.#listeners.set(event, [...(this.#listeners.get(event) ?? []), listener]);
  }

  connect(): Promise<void> {
    return this.#wire.call(() => {});
  }

  async subscribe({ topic, topics = [] }: { topic?: string; topics?: string[] }): Promise<void> {
    this.#topics.push(...topics, ...(topic === undefined ? [] : [topic]));
  }

  async run({ eachBatch }: { eachBatch: EachBatch }): Promise<void> {
    this.#eachBatch = eachBatch;
    await this.#join();
    this.#isRunning = true;
    void this.#beat();
  }

  pause(topics: { topic: string; partitions: number[] }[]): void {
    for (const { topic, partitions } of topics) for (const one of partitions) this.#paused.add(`${topic}/${one}`);
  }

  resume(topics: { topic: string; partitions: number[] }[]): void {
    for (const { topic, partitions } of topics) for (const one of partitions) this.#paused.delete(`${topic}/${one}`);
  }

  async commitOffsets(offsets: TopicPartitionOffsetAndMetadata[]): Promise<void> {
    await this.#commit(offsets);
  }

  async disconnect(): Promise<void> {
    this.#end();
    const { memberId } = this.#membership ?? {};
    this.#membership = undefined;
    if (memberId === undefined) return;
    await this.#wire.call(() => this.#broker.group(this.#config.groupId).leave(memberId)).catch(() => undefined);
  }

  async #join(): Promise<void> {
    const { groupId, sessionTimeout = 30_000 } = this.#config;
    this.#begin(await this.#wire.call(() => this.#broker.group(groupId).join(this.#topics, sessionTimeout)));
  }

  /** The generation first, and then who listens is told, in one go. Not any more if it was left meanwhile. */
  #begin(joined: Joined): void {
    if (this.#over.signal.aborted) return;
    this.#assigned.abort();
    this.#assigned = new AbortController();
    this.#membership = joined;
    this.#emit(events.GROUP_JOIN, { memberAssignment: joined.assignment });
    for (const [topic, partitions] of Object.entries(joined.assignment)) {
      for (const partition of partitions) {
        const offset = joined.offsets.get(`${topic}/${partition}`) ?? 0n;
        void this.#fetch(topic, partition, offset, this.#assigned.signal);
      }
    }
  }

  async #beat(): Promise<void> {
    for (let failures = 0; this.#isRunning; ) {
      const { signal } = this.#over;
      await sleep(this.#config.heartbeatInterval ?? 3_000, undefined, { signal }).catch(() => undefined);
      const { memberId, generation } = this.#membership ?? {};
      if (!this.#isRunning || memberId === undefined || generation === undefined) return;
      const group = () => this.#broker.group(this.#config.groupId);
      try {
        await this.#wire.call(() => group().heartbeat(memberId, generation));
        this.#emit(events.HEARTBEAT, {});
        failures = 0;
      } catch (error) {
        const { type } = error as { type?: string };
        const again =
          type === 'REBALANCE_IN_PROGRESS'
            ? this.#wire.call(() => group().sync(memberId)).then((joined) => this.#begin(joined))
            : type === 'UNKNOWN_MEMBER_ID'
              ? this.#join()
              : Promise.reject(error);
        const isJoined = await again.then(() => true).catch(() => false);
        failures = isJoined ? 0 : failures + 1;
        if (failures > mostFailures) return this.#crash(error as Error);
      }
    }
  }

  async #fetch(topic: string, partition: number, from: bigint, signal: AbortSignal): Promise<void> {
    let offset = from;
    for (let failures = 0; !signal.aborted; ) {
      if (this.#paused.has(`${topic}/${partition}`)) {
        await sleep(retryMilliseconds);
        continue;
      }
      try {
        const asked = offset;
        const messages = await this.#wire.call(() =>
          this.#broker.fetch(topic, partition, asked, messagesPerFetch, signal),
        );
        failures = 0;
        const [first, last] = [messages[0], messages.at(-1)];
        if (signal.aborted || first === undefined || last === undefined) continue;
        await this.#eachBatch({
          batch: { topic, partition, messages, firstOffset: () => first.offset, lastOffset: () => last.offset },
          commitOffsetsIfNecessary: ({ topics }: OffsetsByTopicPartition) =>
            this.#commit(topics.flatMap((one) => one.partitions.map((place) => ({ topic: one.topic, ...place })))),
          heartbeat: async () => {},
          isRunning: () => this.#isRunning,
        } as unknown as EachBatchPayload);
        offset = BigInt(last.offset) + 1n;
      } catch (error) {
        failures += 1;
        if (signal.aborted) return;
        if (failures > mostFailures) return this.#crash(error as Error);
        await sleep(retryMilliseconds);
      }
    }
  }

  async #commit(offsets: readonly TopicPartitionOffsetAndMetadata[]): Promise<void> {
    const { memberId, generation } = this.#membership ?? {};
    if (memberId === undefined || generation === undefined) throw new Error('not a member of the group');
    const next = new Map(offsets.map(({ topic, partition, offset }) => [`${topic}/${partition}`, BigInt(offset)]));
    const metadata = offsets[0]?.metadata ?? '';
    await this.#wire.call(() => this.#broker.group(this.#config.groupId).commit(memberId, generation, next, metadata));
  }

  #crash(error: Error): void {
    if (!this.#isRunning) return;
    this.#end();
    this.#emit(events.CRASH, { error });
  }

  #end(): void {
    this.#isRunning = false;
    this.#over.abort();
    this.#assigned.abort();
  }

  #emit(event: string, payload: unknown): void {
    for (const listener of this.#listeners.get(event) ?? []) listener({ payload });
  }
}

/** For those who are typed by kafkajs. */
export const asConsumer = (consumer: SimulatedConsumer): Consumer => consumer as unknown as Consumer;
