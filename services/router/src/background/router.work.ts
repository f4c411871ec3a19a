import type { Projection } from '@lead-rotator/command-handling';
import type { Leases } from '@lead-rotator/event-bus';
import type { TableProjector } from '@lead-rotator/read-models';
import type { Distribution } from '@lead-rotator/rotation';
import { type Health, type Logger, repeat } from '@lead-rotator/service-host';
import type { OnApplicationBootstrap, OnModuleDestroy } from '@nestjs/common';
import type { SweepUndecided } from '../backstop/sweep-undecided.handler.ts';
import type { LeaveInactiveOwners } from '../leads/leave-inactive-owners.handler.ts';
import type { RouterMetrics } from '../router-metrics.ts';

const keepUpMilliseconds = 250;
const tableRetryMilliseconds = 1_000;
const sweepMilliseconds = 1_000;
/** A second of replay; and no more often than that a state of many users, which takes a second, is worth it. */
const snapshotStride = 250_000;
const snapshotMilliseconds = 60_000;
const mergeMilliseconds = 60_000;

export interface RouterWorkParts {
  readonly projection: Projection<Distribution>;
  readonly ownedLeads: Pick<TableProjector, 'run' | 'lag' | 'fault'>;
  readonly leases: Leases;
  readonly sweep: SweepUndecided;
  readonly inactive: LeaveInactiveOwners;
  /** Keeps reading by tag quick as the log grows. */
  readonly mergeTags: () => Promise<unknown>;
  readonly health: Health;
  readonly metrics: RouterMetrics;
  readonly logger: Logger;
}

/** What the router does without being asked, from its start to its end. */
export class RouterWork implements OnApplicationBootstrap, OnModuleDestroy {
  readonly #stop = new AbortController();
  #ended: Promise<unknown> = Promise.resolve();
  #caughtUp = false;

  constructor(private readonly parts: RouterWorkParts) {}

  onApplicationBootstrap(): void {
    const { projection, ownedLeads, health, metrics } = this.parts;
    health.register('router', () => projection.fault?.message ?? (this.#caughtUp ? undefined : 'reads the log'));
    health.register('owned-leads', () => ownedLeads.fault);
    metrics.gauge('position', 'the log is read up to here', () => projection.position);
    metrics.gauge('owned_leads_behind', 'events that the table of owned leads is behind', () => ownedLeads.lag);
    this.#ended = Promise.all([this.#keepUp(), this.#holdLease()]);
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

  /** One copy at a time: it saves work, and two would do no harm. */
  #holdLease(): Promise<void> {
    const held = () =>
      this.parts.leases.withLease('router', this.#stop.signal, async ({ signal }) => {
        await Promise.all([
          this.#writeTable(signal),
          this.#sweep(signal),
          this.#keepSnapshots(signal),
          this.#mergeTags(signal),
        ]);
      });
    return this.#repeat(held, sweepMilliseconds, 'the lease of the router was lost');
  }

  #writeTable(signal: AbortSignal): Promise<void> {
    const write = () => this.parts.ownedLeads.run(signal);
    return this.#repeat(write, tableRetryMilliseconds, 'the table of owned leads could not be written', signal);
  }

  /** So that the next start of any copy, of the SLA service too, reads little of the log. */
  #keepSnapshots(signal: AbortSignal): Promise<void> {
    const keep = async () => {
      await this.parts.projection.keepSnapshot(snapshotStride);
    };
    return this.#repeat(keep, snapshotMilliseconds, 'no snapshot could be kept', signal);
  }

  #mergeTags(signal: AbortSignal): Promise<void> {
    const merge = async () => void (await this.parts.mergeTags());
    return this.#repeat(merge, mergeMilliseconds, 'partitions of tags could not be merged', signal);
  }

  #sweep(signal: AbortSignal): Promise<void> {
    const { sweep, inactive } = this.parts;
    const look = async () => {
      await sweep.sweep(signal);
      await inactive.leave();
    };
    return this.#repeat(look, sweepMilliseconds, 'leads left behind could not be decided', signal);
  }

  #repeat(
    work: () => Promise<void>,
    pauseMilliseconds: number,
    failure: string,
    signal = this.#stop.signal,
  ): Promise<void> {
    return repeat(work, { pauseMilliseconds, failure, signal, logger: this.parts.logger });
  }
}
