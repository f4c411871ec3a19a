import type { Projection } from '@lead-rotator/command-handling';
import type { Leases } from '@lead-rotator/event-bus';
import { LogReplaced } from '@lead-rotator/event-log';
import type { TableProjector } from '@lead-rotator/read-models';
import type { Distribution } from '@lead-rotator/rotation';
import type { Health, Logger } from '@lead-rotator/service-host';
import type { OnApplicationBootstrap, OnModuleDestroy } from '@nestjs/common';
import type { SweepUndecided } from '../backstop/sweep-undecided.handler.ts';
import type { LeaveInactiveOwners } from '../leads/leave-inactive-owners.handler.ts';
import type { RouterMetrics } from '../router-metrics.ts';
import { repeat } from './repeat.ts';

const keepUpMilliseconds = 250;
const tableRetryMilliseconds = 1_000;
const sweepMilliseconds = 1_000;

export interface RouterWorkParts {
  readonly projection: Projection<Distribution>;
  readonly ownedLeads: TableProjector;
  readonly leases: Leases;
  readonly sweep: SweepUndecided;
  readonly inactive: LeaveInactiveOwners;
  readonly health: Health;
  readonly metrics: RouterMetrics;
  readonly logger: Logger;
}

/** What the router does without being asked, from its start to its end. */
export class RouterWork implements OnApplicationBootstrap, OnModuleDestroy {
  readonly #stop = new AbortController();
  #ended: Promise<unknown> = Promise.resolve();
  #caughtUp = false;
  #tableFault: string | undefined;

  constructor(private readonly parts: RouterWorkParts) {}

  onApplicationBootstrap(): void {
    const { projection, ownedLeads, health, metrics } = this.parts;
    health.register('router', () => projection.fault?.message ?? (this.#caughtUp ? undefined : 'reads the log'));
    health.register('owned-leads', () => this.#tableFault);
    metrics.gauge('position', 'the log is read up to here', () => projection.position);
    metrics.gauge('owned_leads_behind', 'events that the table of owned leads is behind', () => ownedLeads.lag);
    this.#ended = Promise.all([this.#keepUp(), this.#writeTable(), this.#sweep()]);
  }

  async onModuleDestroy(): Promise<void> {
    this.#stop.abort();
    await this.#ended;
  }

  /** So that a decision finds little to catch up with, however long ago the last one was. */
  #keepUp(): Promise<void> {
    const { projection } = this.parts;
    const catchUp = async () => {
      if (projection.fault !== undefined) return;
      await projection.catchUp();
      this.#caughtUp = true;
    };
    return this.#repeat(catchUp, keepUpMilliseconds, 'the log could not be read');
  }

  #writeTable(): Promise<void> {
    const write = async () => {
      this.#tableFault = undefined;
      await this.parts.ownedLeads.run(this.#stop.signal).catch((error: unknown) => {
        if (error instanceof LogReplaced) this.#tableFault = error.message;
        throw error;
      });
    };
    return this.#repeat(write, tableRetryMilliseconds, 'the table of owned leads could not be written');
  }

  /** One copy at a time: it saves work, and two would do no harm. */
  #sweep(): Promise<void> {
    const { leases, sweep, inactive } = this.parts;
    const held = () =>
      leases.withLease('router', this.#stop.signal, ({ signal }) =>
        repeat(
          async () => {
            await sweep.sweep(signal);
            await inactive.leave();
          },
          {
            pauseMilliseconds: sweepMilliseconds,
            signal,
            onError: this.#warn('leads left behind could not be decided'),
          },
        ),
      );
    return this.#repeat(held, sweepMilliseconds, 'the lease of the sweep was lost');
  }

  #repeat(work: () => Promise<void>, pauseMilliseconds: number, failure: string): Promise<void> {
    return repeat(work, { pauseMilliseconds, signal: this.#stop.signal, onError: this.#warn(failure) });
  }

  #warn = (failure: string) => (error: unknown) => {
    this.parts.logger.warn({ err: error }, `${failure}; tried again`);
  };
}
