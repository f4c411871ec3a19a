import type { Projection } from '@lead-rotator/command-handling';
import type { Leases } from '@lead-rotator/event-bus';
import type { TableProjector } from '@lead-rotator/read-models';
import type { Distribution } from '@lead-rotator/rotation';
import { type Health, type Logger, repeat } from '@lead-rotator/service-host';
import type { OnApplicationBootstrap, OnModuleDestroy } from '@nestjs/common';
import type { DeadlineTicker } from '../deadlines/deadline.ticker.ts';

const keepUpMilliseconds = 250;
const retryMilliseconds = 1_000;
/** So many positions behind, deadlines are missing in the table: it is being made anew, or the database cannot keep up. */
const mostBehind = 100_000;

export interface SlaWorkParts {
  readonly projection: Projection<Distribution>;
  readonly tables: TableProjector;
  readonly ticker: DeadlineTicker;
  readonly leases: Leases;
  readonly health: Health;
  readonly logger: Logger;
}

/**
 * What the service does without being asked. Acts are shared among the copies by partitions; one copy at a time, by
 * lease, writes the tables and fires: all turns of a rotation go through one line anyway, and who writes the table knows
 * of a deadline before it is committed. When that copy dies, another has the lease within seconds and finds in the table
 * what is overdue. Two that fire at once do the same work twice, and the log takes it once.
 */
export class SlaWork implements OnApplicationBootstrap, OnModuleDestroy {
  readonly #stop = new AbortController();
  #ended: Promise<unknown> = Promise.resolve();
  #caughtUp = false;

  constructor(private readonly parts: SlaWorkParts) {}

  onApplicationBootstrap(): void {
    const { projection, tables, health } = this.parts;
    health.register('sla', () => projection.fault?.message ?? (this.#caughtUp ? undefined : 'reads the log'));
    health.register('deadlines', () => tables.fault ?? this.#tableLag());
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
      if (projection.fault === undefined) await projection.catchUp();
      this.#caughtUp = true;
    };
    return this.#repeat(catchUp, 'the log could not be read', this.#stop.signal, keepUpMilliseconds);
  }

  #holdLease(): Promise<void> {
    const { leases, tables, ticker } = this.parts;
    const { signal: stopped } = this.#stop;
    const work = async ({ signal }: { signal: AbortSignal }) => {
      await Promise.all([
        this.#repeat(() => tables.run(signal), 'the tables could not be written', signal),
        this.#repeat(() => ticker.run(signal), 'deadlines could not be fired', signal),
      ]);
    };
    return this.#repeat(() => leases.withLease('sla', stopped, work), 'the lease was lost', stopped);
  }

  #tableLag(): string | undefined {
    const { lag } = this.parts.tables;
    return lag > mostBehind ? `the tables are ${lag} positions behind the log` : undefined;
  }

  #repeat(
    work: () => Promise<void>,
    failure: string,
    signal: AbortSignal,
    pauseMilliseconds = retryMilliseconds,
  ): Promise<void> {
    return repeat(work, { pauseMilliseconds, failure, signal, logger: this.parts.logger });
  }
}
