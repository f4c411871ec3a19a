import { type EventBus, Leases, Relay, RelayCursors } from '@lead-rotator/event-bus';
import type { EventLog } from '@lead-rotator/event-log';
import {
  DATABASE,
  type Database,
  EVENT_BUS,
  EVENT_LOG,
  Health,
  LOGGER,
  type Logger,
  METRICS,
  Settings,
  topics,
} from '@lead-rotator/service-host';
import { Inject, Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { Counter, Gauge, type Registry } from 'prom-client';

/** Runs the relay in this process: active, or waiting until the active copy is gone. */
@Injectable()
export class RelayRunner implements OnApplicationBootstrap, OnApplicationShutdown {
  readonly #stop = new AbortController();
  readonly #relay: Relay;
  #running: Promise<void> = Promise.resolve();

  constructor(
    @Inject(EVENT_LOG) log: EventLog,
    @Inject(EVENT_BUS) bus: EventBus,
    @Inject(DATABASE) { pool }: Database,
    @Inject(LOGGER) private readonly logger: Logger,
    @Inject(METRICS) metrics: Registry,
    private readonly settings: Settings,
    health: Health,
  ) {
    const registers = [metrics];
    const published = new Counter({ name: 'lead_rotator_relay_published_total', help: 'events published', registers });
    // Asked for when the figures are read: while the broker takes nothing, it must grow. NaN while the log does not answer.
    const lag: Gauge = new Gauge({
      name: 'lead_rotator_relay_lag_events',
      help: 'events of the log not published yet; 0 where another copy publishes',
      registers,
      collect: async () => lag.set(await this.#relay.lag().catch(() => Number.NaN)),
    });
    this.#relay = new Relay({
      log,
      bus,
      topic: topics.events,
      leases: new Leases({ pool, logger }),
      cursors: new RelayCursors(pool),
      logger,
      onPublished: (events) => published.inc(events),
    });
    health.register('relay', () => this.#relay.problem);
  }

  /** The local bus reads the log itself: there is nothing to relay to it. */
  onApplicationBootstrap(): void {
    if (this.settings.kafkaBrokers === undefined) return;
    this.#running = this.#relay.run(this.#stop.signal).catch((error: unknown) => {
      this.logger.fatal({ err: error }, 'the relay has stopped: what is appended is not published');
    });
  }

  async onApplicationShutdown(): Promise<void> {
    this.#stop.abort();
    await this.#running;
  }
}
