import { type Scene, warnOfDeadline } from '@lead-rotator/claim';
import { type CommandHandler, handleInHalves, type LeadCommand, type Outcome } from '@lead-rotator/command-handling';
import type { InvalidUnit } from '@lead-rotator/event-log';
import { type EpochMilliseconds, isRejected, type Position } from '@lead-rotator/event-sourcing';
import type { LeadId } from '@lead-rotator/lead-events';
import type { Logger } from '@lead-rotator/service-host';
import type { Deadline } from '../deadlines/deadline.ts';
import type { SlaMetrics } from '../sla-metrics.ts';
import type { WarningTable } from './warning-table.ts';

/** At most so many are decided together. */
const mostTogether = 500;
/** Decided and yet in the table after so long: the decision was to leave it, or the log did not answer. It is tried again. */
const settledMilliseconds = 30_000;

export interface WarnOwnersParts {
  readonly table: Pick<WarningTable, 'read'>;
  readonly commands: CommandHandler;
  readonly metrics: SlaMetrics;
  readonly logger: Logger;
  readonly clock: () => EpochMilliseconds;
}

/** Warns owners whose deadlines are near: found by the table, decided from the log, so each is warned once. */
export class WarnOwners {
  /** Decided, though the table may not show it yet: by the position of the event that set the deadline. */
  readonly #settled = new Map<Position, EpochMilliseconds>();

  constructor(private readonly parts: WarnOwnersParts) {}

  /** @throws LogUnavailable, TooManyConflicts, or the projection's fault: it is tried again with the next call. */
  async warn(): Promise<void> {
    const { table, commands, metrics, clock } = this.parts;
    this.#forget(clock() - settledMilliseconds);
    const near = await table.read(clock(), [...this.#settled.keys()], mostTogether);
    if (near.length === 0) return;
    const failed = ({ leadId }: LeadCommand, error: InvalidUnit): Outcome => this.#fail(leadId, error);
    const wanted = near.map((deadline) => this.#command(deadline));
    const outcomes = await handleInHalves(commands, wanted, failed);
    for (const { assigned } of near) this.#settled.set(assigned, clock());
    metrics.warned(outcomes.filter((outcome) => !isRejected(outcome) && outcome.length > 0).length);
  }

  #forget(before: EpochMilliseconds): void {
    for (const [position, at] of this.#settled) {
      if (at > before) return;
      this.#settled.delete(position);
    }
  }

  #command({ organizationId, leadId, contactIds, assigned }: Deadline): LeadCommand {
    return {
      context: { organizationId, actor: 'service:sla', cause: `event:${assigned}` },
      leadId,
      contactIds,
      decide: (scene: Scene, at: EpochMilliseconds) => {
        try {
          return warnOfDeadline(scene, at);
        } catch (error) {
          return this.#fail(leadId, error);
        }
      },
    };
  }

  /** Nobody is warned of it: those around it must not wait for it, nor the waiting leads that come after. */
  #fail(leadId: LeadId, error: unknown): [] {
    this.parts.metrics.failed();
    this.parts.logger.error({ leadId, err: error }, 'a warning could not be decided');
    return [];
  }
}
