import { LogReplaced } from '@lead-rotator/event-log';
import { eventDefinitions, UnknownEvent } from '@lead-rotator/lead-events';
import { type CustomTransportStrategy, type MessageHandler, Server } from '@nestjs/microservices';
import { isObservable, lastValueFrom } from 'rxjs';
import { type BusLogger, silentLogger } from '../bus-logger.ts';
import { deadLetterTopic, toDeadLetter, toDeadLetterNote } from '../dead-letters/dead-letter.ts';
import { MessageRefused } from '../errors.ts';
import type { EventBus, MessageBatch, OutgoingMessage, RunningConsumer } from '../event-bus.ts';
import { within } from '../within.ts';
import { BatchDispatcher, type BatchHandler, type PutAside } from './batch-dispatcher.ts';
import { type BatchSelection, HandlerFailure, type ReceivedBatch, transportOf } from './event-batch.ts';
import { StandingPartitions } from './standing-partitions.ts';

const lagMilliseconds = 2_000;

export interface LeadBusStrategySettings {
  readonly bus: EventBus;
  /** Of the handlers' decorators, and, as `lead-rotator.<group>`, the consumer group of all copies of the service. */
  readonly group: string;
  /** For each topic whose handlers name types: all other types of the contract, as `typesExcept` gives them. */
  readonly ignores?: Readonly<Record<string, readonly string[]>>;
  /** Where a group without an offset begins; default `beginning`. */
  readonly from?: 'beginning' | 'end';
  readonly logger?: BusLogger;
  /** Called when messages were put on the dead-letter topic. */
  readonly onDeadLetters?: (topic: string, messages: number) => void;
  /** The time in milliseconds, for `dlq_at`. */
  readonly now?: () => number;
}

/** Every type of event of the contract but these: what a service says it ignores. */
export function typesExcept(...handled: readonly (keyof typeof eventDefinitions)[]): string[] {
  return Object.keys(eventDefinitions).filter((type) => !(handled as readonly string[]).includes(type));
}

/**
 * Nest's transport over the bus, in batches. A message that cannot be used goes to its dead-letter topic and holds up
 * nothing; what is down is waited for. An event that this copy does not know ends its membership in the group, and so does
 * a log that was replaced under it, so that newer copies get its partitions. Nest's own Kafka transport takes one message
 * at a time, drops events that nobody handles, and tries a poison message for ever.
 */
export class LeadBusStrategy extends Server implements CustomTransportStrategy {
  override readonly transportId: symbol;
  readonly #settings: LeadBusStrategySettings;
  readonly #log: BusLogger;
  readonly #standing = new StandingPartitions();
  #topics: readonly string[] = [];
  #consumer: RunningConsumer | undefined;
  /** Why this copy has left its group for good. */
  #left: string | undefined;

  constructor(settings: LeadBusStrategySettings) {
    super();
    this.#settings = settings;
    this.#log = settings.logger ?? silentLogger;
    this.transportId = transportOf(settings.group);
  }

  /** The consumer group of a service. */
  static groupId(group: string): string {
    return `lead-rotator.${group}`;
  }

  /** Why messages are not handled now; undefined when they are. For the readiness of the process. */
  problem(): string | undefined {
    if (this.#left !== undefined) return this.#left;
    if (this.#consumer === undefined) return 'the consumer has not started';
    return this.#consumer.problem() ?? this.#standing.problem();
  }

  /**
   * How many messages of each topic the group has still to handle, by its committed offsets: the same in all copies.
   * @throws BusUnavailable, also when the bus does not answer within two seconds
   */
  async lag(): Promise<ReadonlyMap<string, number>> {
    const { bus, group } = this.#settings;
    const behind = async (topic: string): Promise<[string, number]> => {
      const groupId = LeadBusStrategy.groupId(group);
      const [ends, committed] = await Promise.all([bus.endOffsets(topic), bus.committedOffsets(groupId, topic)]);
      const each = [...ends].map(([partition, end]) => Number(end - (committed.get(partition) ?? 0n)));
      return [topic, each.reduce((sum, one) => sum + Math.max(0, one), 0)];
    };
    return new Map(await within(lagMilliseconds, Promise.all(this.#topics.map(behind))));
  }

  /** Calls back with an error when a type of event is neither handled nor ignored. */
  async listen(callback: (error?: unknown) => void): Promise<void> {
    try {
      const dispatchers = this.#dispatchers();
      this.#topics = [...dispatchers.keys()];
      const { ignores, from } = this.#settings;
      this.#consumer = await this.#settings.bus.subscribe({
        topics: this.#topics,
        groupId: LeadBusStrategy.groupId(this.#settings.group),
        ...(ignores === undefined ? {} : { ignores }),
        ...(from === undefined ? {} : { from }),
        handle: (batch) => this.#handle(dispatchers, batch),
      });
      callback();
    } catch (error) {
      callback(error);
    }
  }

  async close(): Promise<void> {
    await this.#consumer?.stop();
  }

  on(): void {
    throw new Error('LeadBusStrategy has no events of its own: ask problem()');
  }

  unwrap<Client>(): Client {
    return this.#settings.bus as Client;
  }

  #dispatchers(): Map<string, BatchDispatcher> {
    const { group, ignores = {} } = this.#settings;
    const declared = [...this.messageHandlers.values()].map((handler) => {
      const { selection } = handler.extras as { selection: BatchSelection };
      return { topic: selection.topic, handler: batchHandler(handler, selection) };
    });
    if (declared.length === 0) throw new Error(`no handler is declared for group ${group}`);
    const byTopic = Map.groupBy(declared, ({ topic }) => topic);
    return new Map(
      [...byTopic].map(([topic, entries]) => {
        const handlers = entries.map(({ handler }) => handler);
        const ignored = ignores[topic] ?? [];
        requireAllTypes(group, topic, handlers, ignored);
        return [topic, new BatchDispatcher(handlers, ignored)];
      }),
    );
  }

  async #handle(dispatchers: ReadonlyMap<string, BatchDispatcher>, batch: MessageBatch): Promise<void> {
    try {
      const aside = (await dispatchers.get(batch.topic)?.dispatch(batch)) ?? [];
      if (aside.length > 0) await this.#putAllAside(batch.topic, aside);
      this.#standing.handled(batch);
    } catch (error) {
      this.#standing.failed(batch, error);
      if (error instanceof UnknownEvent || error instanceof LogReplaced) this.#leaveGroup(error);
      throw error;
    }
  }

  /** A message that was tried again is put aside as one of the way by which it came in. */
  async #putAllAside(topic: string, aside: readonly PutAside[]): Promise<void> {
    const byTopic = Map.groupBy(aside, ({ message }) => message.topic);
    for (const [cameBy, letters] of byTopic) await this.#putAside(cameBy, letters);
    for (const { message, count } of aside) {
      const { partition, offset } = message;
      // Without the reason, which may quote the message.
      this.#log.error(
        { topic: message.topic, partition, offset: offset.toString(), count },
        'a message was put aside: `lead-rotator dead-letters` lists it with the reason',
      );
    }
    this.#settings.onDeadLetters?.(topic, aside.length);
  }

  /** One that the dead-letter topic refuses leaves a note there: it must not hold up its partition for ever. */
  async #putAside(topic: string, aside: readonly PutAside[]): Promise<void> {
    const { bus, now = Date.now } = this.#settings;
    const at = now();
    const publish = (letters: OutgoingMessage[]) => bus.publish(deadLetterTopic(topic), letters);
    try {
      await publish(aside.map(({ message, ...facts }) => toDeadLetter(message, { ...facts, at })));
    } catch (error) {
      if (!(error instanceof MessageRefused)) throw error;
      if (aside.length > 1) for (const one of aside) await this.#putAside(topic, [one]);
      else await publish(aside.map(({ message, ...facts }) => toDeadLetterNote(message, { ...facts, at })));
    }
  }

  #leaveGroup(error: Error): void {
    if (this.#left !== undefined) return;
    this.#left = error.message;
    this.#log.error({ err: error }, 'this copy leaves its group: another version, or another start, has to go on');
    // Not awaited: leaving waits for the batch that is just failing.
    void this.#consumer?.stop();
  }
}

function batchHandler(handler: MessageHandler, { types }: BatchSelection): BatchHandler {
  const handle = async (batch: ReceivedBatch): Promise<void> => {
    const result: unknown = await handler(batch);
    const outcome = isObservable(result) ? await lastValueFrom(result, { defaultValue: undefined }) : result;
    if (outcome instanceof HandlerFailure) throw outcome.error;
  };
  return types === undefined ? { handle } : { types, handle };
}

/** With handlers of types on a topic, every type of the contract has to be handled or ignored. */
function requireAllTypes(
  group: string,
  topic: string,
  handlers: readonly BatchHandler[],
  ignored: readonly string[],
): void {
  const handled = handlers.flatMap(({ types }) => types ?? []);
  if (handled.length === 0) return;
  const forgotten = typesExcept().filter((type) => !handled.includes(type) && !ignored.includes(type));
  if (forgotten.length > 0) {
    throw new Error(`group ${group} neither handles nor ignores, on ${topic}: ${forgotten.join(', ')}`);
  }
}
