import type { Leases } from '@lead-rotator/event-bus';
import { LogReplaced } from '@lead-rotator/event-log';
import { UnknownEvent } from '@lead-rotator/lead-events';
import type { Health, Logger } from '@lead-rotator/service-host';
import type { OnApplicationBootstrap, OnModuleDestroy } from '@nestjs/common';
import { repeat } from '../background/repeat.ts';
import type { RouterMetrics } from '../router-metrics.ts';
import type { LeadTables } from './lead-tables.ts';

const retryMilliseconds = 1_000;

export interface LeadTablesWorkParts {
  readonly tables: LeadTables;
  readonly leases: Leases;
  readonly health: Health;
  readonly metrics: RouterMetrics;
  readonly logger: Logger;
}

/** Writes the lead tables, one copy at a time by lease: it saves work, and two would do no harm. */
export class LeadTablesWork implements OnApplicationBootstrap, OnModuleDestroy {
  readonly #stop = new AbortController();
  #ended: Promise<unknown> = Promise.resolve();
  #fault: string | undefined;

  constructor(private readonly parts: LeadTablesWorkParts) {}

  onApplicationBootstrap(): void {
    const { tables, health, metrics } = this.parts;
    health.register('lead-tables', () => this.#fault);
    metrics.gauge('lead_tables_behind', 'events that queues, notices and reports are behind', () => tables.behind);
    this.#ended = this.#holdLease();
  }

  async onModuleDestroy(): Promise<void> {
    this.#stop.abort();
    await this.#ended;
  }

  #holdLease(): Promise<void> {
    const held = () =>
      this.parts.leases.withLease('lead-tables', this.#stop.signal, ({ signal }) =>
        repeat(() => this.#write(signal), { ...this.#repetition('the lead tables could not be written'), signal }),
      );
    return repeat(held, this.#repetition('the lease of the lead tables was lost'));
  }

  async #write(signal: AbortSignal): Promise<void> {
    this.#fault = undefined;
    await this.parts.tables.projector.run(signal).catch((error: unknown) => {
      if (error instanceof LogReplaced || error instanceof UnknownEvent) this.#fault = error.message;
      throw error;
    });
  }

  #repetition(failure: string) {
    return {
      pauseMilliseconds: retryMilliseconds,
      signal: this.#stop.signal,
      onError: (error: unknown) => this.parts.logger.warn({ err: error }, `${failure}; tried again`),
    };
  }
}
