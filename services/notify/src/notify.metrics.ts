import { type Channel, type ChannelName, channelNames, type Delivery, type Outbox } from '@lead-rotator/notification';
import type { MonotonicClock } from '@lead-rotator/service-host';
import { Counter, Gauge, type Registry } from 'prom-client';

type Backlog = Awaited<ReturnType<Outbox['backlog']>>;

const unknown: Backlog = { waiting: Number.NaN, oldest: Number.NaN };

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

  /**
   * Asked for when the figures are read, each by itself: a count over an index. NaN while the database does not answer.
   */
  backlog(channels: readonly Channel[], outbox: Outbox, clock: MonotonicClock): void {
    const figure = (name: string, help: string, of: (backlog: Backlog) => number): void => {
      const gauge = new Gauge({
        name: `lead_rotator_${name}`,
        help,
        labelNames: ['channel'],
        registers: [this.registry],
        collect: async () => {
          for (const { name: channel } of channels) {
            gauge.set({ channel }, of(await outbox.backlog(channel).catch(() => unknown)));
          }
        },
      });
    };
    figure('notifications_waiting', 'notifications that were not brought out yet', ({ waiting }) => waiting);
    figure('notification_lag_seconds', 'how long the oldest notification has been waiting', ({ oldest }) =>
      oldest === undefined ? 0 : (clock.now() - oldest) / 1000,
    );
  }
}

export const isChannelName = (text: string | undefined): text is ChannelName =>
  (channelNames as readonly string[]).includes(text ?? '');
