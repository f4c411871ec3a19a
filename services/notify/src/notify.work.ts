import {
  deadLetterTopic,
  type EventBus,
  type Leases,
  loggedMessage,
  MessageRefused,
  toDeadLetter,
  toDeadLetterNote,
} from '@lead-rotator/event-bus';
import type { EventLog } from '@lead-rotator/event-log';
import {
  type Channel,
  type ChannelName,
  type Delivery,
  type DueNotification,
  type Outbox,
  OutboxSender,
} from '@lead-rotator/notification';
import { type Logger, type MonotonicClock, notificationsTopic, repeat } from '@lead-rotator/service-host';
import type { OnApplicationBootstrap, OnModuleDestroy } from '@nestjs/common';
import type { NotifyMetrics } from './notify.metrics.ts';
import { channelHeader, recipientHeader } from './resent-headers.ts';

const retryMilliseconds = 1_000;
const tidyMilliseconds = 600_000;

export interface NotifyWorkParts {
  readonly channels: readonly Channel[];
  readonly outbox: Outbox;
  readonly log: EventLog;
  readonly bus: EventBus;
  readonly leases: Leases;
  readonly clock: MonotonicClock;
  readonly metrics: NotifyMetrics;
  readonly logger: Logger;
  /** How long what was told is remembered: as long as a message may come again. */
  readonly rememberMilliseconds: number;
  /** Lets go of connections at the end. */
  readonly close: () => void;
}

/** Brings out what lies in the outbox, from the start of the process to its end: one copy at a time for each channel. */
export class NotifyWork implements OnApplicationBootstrap, OnModuleDestroy {
  readonly #stop = new AbortController();
  readonly #senders: ReadonlyMap<ChannelName, OutboxSender>;
  #ended: Promise<unknown> = Promise.resolve();

  constructor(private readonly parts: NotifyWorkParts) {
    this.#senders = new Map(parts.channels.map((channel) => [channel.name, this.#senderOf(channel)]));
  }

  onApplicationBootstrap(): void {
    const { channels, outbox, metrics, clock } = this.parts;
    metrics.backlog(channels, outbox, clock);
    this.#ended = Promise.all([...[...this.#senders].map((entry) => this.#send(...entry)), this.#tidy()]);
  }

  async onModuleDestroy(): Promise<void> {
    this.#stop.abort();
    await this.#ended;
    this.parts.close();
  }

  /** Something for the channel is in the outbox. */
  wake(channel: ChannelName): void {
    this.#senders.get(channel)?.wake();
  }

  #send(channel: ChannelName, sender: OutboxSender): Promise<void> {
    const { leases } = this.parts;
    const work = () => leases.withLease(`notify ${channel}`, this.#stop.signal, (lease) => sender.run(lease));
    return this.#repeat(work, retryMilliseconds, `the lease of ${channel} was lost`);
  }

  #tidy(): Promise<void> {
    const { outbox, clock, rememberMilliseconds } = this.parts;
    const tidy = () => outbox.deleteSettled(clock.now() - rememberMilliseconds);
    return this.#repeat(tidy, tidyMilliseconds, 'what was told long ago could not be forgotten');
  }

  #repeat(work: () => Promise<void>, pauseMilliseconds: number, failure: string): Promise<void> {
    return repeat(work, { pauseMilliseconds, failure, signal: this.#stop.signal, logger: this.parts.logger });
  }

  #senderOf(channel: Channel): OutboxSender {
    const { outbox, clock, logger } = this.parts;
    return new OutboxSender({
      outbox,
      channel,
      clock: () => clock.now(),
      putAside: (notification, reason) => this.#putAside(channel.name, notification, reason),
      onDelivery: (notification, delivery) => this.#note(channel.name, notification, delivery),
      onError: (error) =>
        logger.warn({ err: error, channel: channel.name }, 'something could not be told; tried again'),
    });
  }

  #note(channel: ChannelName, notification: DueNotification, delivery: Delivery): void {
    const { metrics, logger } = this.parts;
    metrics.tried(channel, delivery.outcome);
    if (delivery.outcome === 'sent') return;
    const { position, subject, attempts } = notification;
    const level = { skipped: 'debug', unavailable: 'warn', refused: 'error' } as const;
    const facts = { channel, position, subject, attempts: attempts + 1, reason: delivery.reason };
    logger[level[delivery.outcome]](facts, `not told: ${delivery.outcome}`);
  }

  /** The event as it stands on its topic; sent in again, it comes to this service alone. */
  async #putAside(channel: ChannelName, notification: DueNotification, reason: string): Promise<void> {
    const { log, bus, clock } = this.parts;
    const { position, recipient, attempts } = notification;
    const { events } = await log.read({ after: position - 1, until: position, open: true });
    const event = events[0];
    if (event === undefined) return;
    const logged = loggedMessage(notificationsTopic, event, await log.id());
    const way = { [channelHeader]: Buffer.from(channel), [recipientHeader]: Buffer.from(recipient) };
    const message = { ...logged, offset: BigInt(position), headers: { ...logged.headers, ...way } };
    const facts = { reason: `${channel}: ${reason}`, count: attempts + 1, at: clock.now() };
    const topic = deadLetterTopic(notificationsTopic);
    try {
      await bus.publish(topic, [toDeadLetter(message, facts)]);
    } catch (error) {
      if (!(error instanceof MessageRefused)) throw error;
      await bus.publish(topic, [toDeadLetterNote(message, facts)]);
    }
  }
}
