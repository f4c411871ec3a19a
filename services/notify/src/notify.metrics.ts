import { type Channel, type ChannelName, channelNames, type Delivery, type Outbox } from '@lead-rotator/notification';
import type { MonotonicClock } from '@lead-rotator/service-host';
import { Counter, Gauge, type Registry } from 'prom-client';

/** What the service counts. */
export class NotifyMetrics {
  readonly #deliveries: Counter<'channel' | 'outcome'>;

  constructor(private readonly registry: Registry) {
    this.#deliveries = new Counter({
      name: 'lead_rotator_notifications_total',
      help: 'tries to tell somebody of an event, by what came of them: sent, skipped, refused, unavailable',
      labelNames: ['channel', 'outcome'],
      registers: [registry],
    });
  }

  tried(channel: ChannelName, outcome: Delivery['outcome']): void {
    this.#deliveries.inc({ channel, outcome });
  }

  /** Asked for when the figures are read: a count over an index. */
  backlog(channels: readonly Channel[], outbox: Outbox, clock: MonotonicClock): void {
    const registers = [this.registry];
    const labelNames = ['channel'] as const;
    const waiting = new Gauge({
      name: 'lead_rotator_notifications_waiting',
      help: 'notifications that were not brought out yet',
      labelNames,
      registers,
    });
    const lag = new Gauge({
      name: 'lead_rotator_notification_lag_seconds',
      help: 'how long the oldest notification has been waiting',
      labelNames,
      registers,
      collect: async () => {
        for (const { name: channel } of channels) {
          const { waiting: count, oldest } = await outbox.backlog(channel);
          waiting.set({ channel }, count);
          lag.set({ channel }, oldest === undefined ? 0 : (clock.now() - oldest) / 1000);
        }
      },
    });
  }
}

export const isChannelName = (text: string | undefined): text is ChannelName =>
  (channelNames as readonly string[]).includes(text ?? '');
