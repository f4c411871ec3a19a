import { setTimeout as sleep } from 'node:timers/promises';
import type { Projection } from '@lead-rotator/command-handling';
import type { Leases } from '@lead-rotator/event-bus';
import { LogReplaced } from '@lead-rotator/event-log';
import { UnknownEvent } from '@lead-rotator/lead-events';
import type { TableProjector } from '@lead-rotator/read-models';
import type { Distribution } from '@lead-rotator/rotation';
import type { Health, Logger } from '@lead-rotator/service-host';
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
  #tableFault: string | undefined;

  constructor(private readonly parts: SlaWorkParts) {}

  onApplicationBootstrap(): void {
    const { projection, health } = this.parts;
    health.register('sla', () => projection.fault?.message ?? (this.#caughtUp ? undefined : 'reads the log'));
    health.register('deadlines', () => this.#tableFault ?? this.#tableLag());
    this.#ended = Promise.all([this.#keepUp(), this.#holdLease()]);
  }

  async onModuleDestroy(): Promise<void> {
    this.#stop.abort();
    await this.#ended;
  }

  /** So that a decision finds little to catch up with, however long ago the last one was. */
  #keepUp(): Promise<void> {
    const { projection } = this.parts;
    const { signal } = this.#stop;
    const keepUp = async () => {
      while (!signal.aborted) {
        if (projection.fault === undefined) await projection.catchUp();
        this.#caughtUp = true;
        await pause(keepUpMilliseconds, signal);
      }
    };
    return this.#insist('the log could not be read', signal, keepUp);
  }

  #holdLease(): Promise<void> {
    const { leases, ticker } = this.parts;
    const { signal: stopped } = this.#stop;
    const work = async ({ signal }: { signal: AbortSignal }) => {
      await Promise.all([
        this.#insist('the tables could not be written', signal, () => this.#write(signal)),
        this.#insist('deadlines could not be fired', signal, () => ticker.run(signal)),
      ]);
    };
    return this.#insist('the lease was lost', stopped, () => leases.withLease('sla', stopped, work));
  }

  async #write(signal: AbortSignal): Promise<void> {
    try {
      this.#tableFault = undefined;
      await this.parts.tables.run(signal);
    } catch (error) {
      if (error instanceof LogReplaced || error instanceof UnknownEvent) this.#tableFault = error.message;
      throw error;
    }
  }

  #tableLag(): string | undefined {
    const { lag } = this.parts.tables;
    return lag > mostBehind ? `the tables are ${lag} positions behind the log` : undefined;
  }

  /** An error ends nothing: the work is begun again after a pause, until the signal is aborted. */
  async #insist(failure: string, signal: AbortSignal, work: () => Promise<void>): Promise<void> {
    while (!signal.aborted) {
      try {
        await work();
      } catch (error) {
        if (signal.aborted) return;
        this.parts.logger.warn({ err: error }, `${failure}; tried again`);
        await pause(retryMilliseconds, signal);
      }
    }
  }
}

async function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  await sleep(milliseconds, undefined, { signal }).catch(() => {});
}
