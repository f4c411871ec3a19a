import { expireOffer, missDeadline, type Scene } from '@lead-rotator/claim';
import type { CommandHandler, LeadCommand } from '@lead-rotator/command-handling';
import { type EpochMilliseconds, isRejected } from '@lead-rotator/event-sourcing';
import type { Logger } from '@lead-rotator/service-host';
import type { SlaMetrics } from '../sla-metrics.ts';
import type { Deadline } from './deadline.ts';

/** What follows when a deadline is reached; no events if the lead has none any more. */
export type Expire = (scene: Scene, at: EpochMilliseconds) => ReturnType<typeof missDeadline>;

const expire: Expire = (scene, at) =>
  scene.lead.offer === undefined ? missDeadline(scene, at) : expireOffer(scene, at);

/**
 * Fires deadlines: each lead is decided from what stands in the log, so one that was claimed meanwhile, or fired by
 * another copy, comes to nothing.
 */
export class FireDeadlines {
  constructor(
    private readonly commands: CommandHandler,
    private readonly metrics: SlaMetrics,
    private readonly logger: Logger,
    private readonly clock: () => EpochMilliseconds,
    private readonly decide: Expire = expire,
  ) {}

  /**
   * In the given order, in one append.
   * @throws LogUnavailable, TooManyConflicts, or the projection's fault: the same deadlines may be fired again.
   */
  async fire(deadlines: readonly Deadline[]): Promise<void> {
    const before = this.commands.conflicts;
    try {
      const outcomes = await this.commands.handleAll(deadlines.map((deadline) => this.#command(deadline)));
      const now = this.clock();
      outcomes.forEach((outcome, index) => {
        const { due } = deadlines[index] as Deadline;
        if (isRejected(outcome) || outcome.length === 0) this.metrics.moot();
        else this.metrics.fired(now - due);
      });
    } finally {
      this.metrics.conflicts(this.commands.conflicts - before);
    }
  }

  #command({ organizationId, leadId, contactIds, due, assigned }: Deadline): LeadCommand {
    return {
      context: { organizationId, actor: 'service:sla', cause: `event:${assigned}` },
      leadId,
      contactIds,
      decide: (scene, at) => {
        try {
          return this.decide(scene, Math.max(at, due));
        } catch (error) {
          // The owner keeps the lead and it is tried again later: those around it must not wait for it.
          this.metrics.failed();
          this.logger.error({ leadId, err: error }, 'a deadline could not be decided');
          return [];
        }
      },
    };
  }
}
