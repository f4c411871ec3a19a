import { isTransient, type Lease } from '@lead-rotator/event-bus';
import type { EpochMilliseconds } from '@lead-rotator/event-sourcing';
import { UnknownEvent } from '@lead-rotator/lead-events';
import type { Channel, Delivery, DueNotification } from './delivery.ts';
import type { Outbox } from './outbox.ts';
import { Pace } from './pace.ts';

const pollMilliseconds = 500;
const firstRetry = 1_000;
const longestRetry = 60_000;
/** A fault of ours that one notification meets so often is not met again. */
const mostFaults = 5;

export interface OutboxSenderParts {
  readonly outbox: Outbox;
  readonly channel: Channel;
  readonly clock: () => EpochMilliseconds;
  /** Puts one aside that was refused. What it throws is met by trying the delivery again. */
  putAside(notification: DueNotification, reason: string): Promise<void>;
  /** Told after each try. */
  onDelivery(notification: DueNotification, delivery: Delivery): void;
  /** Told when the outbox itself could not be read or written. */
  onError(error: unknown): void;
}

/**
 * Brings out what lies in the outbox for a channel: in order within a subject, many subjects at once. What fails is
 * tried again after 1 s, 2 s … at most a minute, and holds up its own subject alone, unless the receiver is away for
 * all (`Pace`). What was under way when the process was killed is sent again, and nothing else is.
 */
export class OutboxSender {
  readonly #pace: Pace;
  readonly #underWay = new Map<string, Promise<void>>();
  #wake: () => void = () => {};

  constructor(private readonly parts: OutboxSenderParts) {
    this.#pace = new Pace(parts.channel.concurrency);
  }

  /** Something was put in: it need not wait for the next look, which comes in half a second. */
  wake(): void {
    this.#wake();
  }

  /** For as long as the lease is held, and then until what is under way is over. One at a time for a channel. */
  async run(lease: Pick<Lease, 'signal' | 'isHeld'>): Promise<void> {
    const { signal } = lease;
    const stop = () => this.#wake();
    signal.addEventListener('abort', stop);
    while (!signal.aborted) {
      const woken = this.#untilWoken();
      try {
        await this.#beginDue(lease);
      } catch (error) {
        this.parts.onError(error);
      }
      if (!signal.aborted) await woken;
      this.#wake();
    }
    signal.removeEventListener('abort', stop);
    await Promise.all(this.#underWay.values());
  }

  async #beginDue(lease: Pick<Lease, 'signal' | 'isHeld'>): Promise<void> {
    const { outbox, channel, clock } = this.parts;
    const now = clock();
    const room = this.#pace.width(now) - this.#underWay.size;
    if (room <= 0) return;
    const due = await outbox.due(channel.name, now, [...this.#underWay.keys()], room);
    // A process that stood still has the rows of before: another has told them, and later ones.
    if (lease.signal.aborted || !lease.isHeld()) return;
    for (const notification of due) {
      const { subject } = notification;
      const delivering = this.#deliver(notification)
        .catch((error: unknown) => this.parts.onError(error))
        .finally(() => {
          this.#underWay.delete(subject);
          this.#wake();
        });
      this.#underWay.set(subject, delivering);
    }
  }

  async #deliver(notification: DueNotification): Promise<void> {
    const { outbox, channel, clock, putAside, onDelivery } = this.parts;
    const began = clock();
    const delivery = await this.#try(notification);
    if (delivery.outcome === 'unavailable') {
      const now = clock();
      this.#pace.failed(notification.subject, began, now, delivery.waitMilliseconds);
      const retry = Math.min(longestRetry, firstRetry * 2 ** Math.min(notification.attempts, 10));
      await outbox.postpone(channel.name, notification, now + retry);
    } else {
      // One that was refused was answered too.
      if (delivery.outcome !== 'skipped') this.#pace.succeeded();
      if (delivery.outcome === 'refused') await putAside(notification, delivery.reason);
      await outbox.settle(channel.name, notification, delivery.outcome, clock());
    }
    onDelivery(notification, delivery);
  }

  async #try(notification: DueNotification): Promise<Delivery> {
    try {
      return await this.parts.channel.deliver(notification);
    } catch (error) {
      this.parts.onError(error);
      // Only the name: a message may quote what was to be sent.
      const reason = error instanceof Error ? error.name : 'an unknown fault';
      const givesUp = !isTransient(error) && !isForNewer(error) && notification.attempts + 1 >= mostFaults;
      return { outcome: givesUp ? 'refused' : 'unavailable', reason };
    }
  }

  #untilWoken(): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(() => this.#wake(), pollMilliseconds);
      this.#wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }
}

/** An event that this copy does not know is no fault of what is to be told: a newer copy can tell it. */
function isForNewer(error: unknown): boolean {
  return error instanceof UnknownEvent || (error instanceof Error && isForNewer(error.cause));
}
