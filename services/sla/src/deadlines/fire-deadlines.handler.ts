import { expireOffer, missDeadline, type Scene } from '@lead-rotator/claim';
import {
  type CommandHandler,
  handleInHalves,
  type LeadCommand,
  type Outcome,
  type ReadAhead,
} from '@lead-rotator/command-handling';
import { type EpochMilliseconds, isRejected } from '@lead-rotator/event-sourcing';
import type { LeadId } from '@lead-rotator/lead-events';
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
   * In the given order, in one append. What is too much for one unit, because very many members were passed over, is
   * fired in halves. `ahead`: what `readAhead` has read for the same deadlines.
   * @throws LogUnavailable, TooManyConflicts, or the projection's fault: the same deadlines may be fired again.
   */
  async fire(deadlines: readonly Deadline[], ahead?: ReadAhead): Promise<void> {
    const undecided = new Set<LeadId>();
    const commands = deadlines.map((deadline) => this.#command(deadline, undecided));
    const fail = ({ leadId }: LeadCommand, error: unknown) => this.#fail(leadId, error, undecided);
    const outcomes = await handleInHalves(this.commands, commands, fail, ahead);
    outcomes.forEach((outcome, index) => {
      const deadline = deadlines[index] as Deadline;
      if (!undecided.has(deadline.leadId)) this.#tell(deadline, outcome);
    });
  }

  /** Reads the leads that fire next, while those before them are being appended; undefined if that is not possible now. */
  async readAhead(deadlines: readonly Deadline[]): Promise<ReadAhead | undefined> {
    if (deadlines.length === 0) return undefined;
    const commands = deadlines.map((deadline) => this.#command(deadline, new Set()));
    return this.commands.readAhead(commands).catch(() => undefined);
  }

  #tell({ leadId, due }: Deadline, outcome: Outcome): void {
    if (isRejected(outcome) || outcome.length === 0) {
      this.metrics.moot();
      return;
    }
    const lagMilliseconds = this.clock() - due;
    this.metrics.fired(lagMilliseconds);
    if (!this.logger.isLevelEnabled('debug')) return;
    const types = outcome.map(({ type }) => type);
    this.logger.debug({ leadId, types, lagMilliseconds }, 'a deadline fired');
  }

  /** The owner keeps the lead and it is tried again later: those around it must not wait for it. */
  #fail(leadId: LeadId, error: unknown, undecided: Set<LeadId>): [] {
    undecided.add(leadId);
    this.metrics.failed();
    this.logger.error({ leadId, err: error }, 'a deadline could not be decided');
    return [];
  }

  /** @param undecided those on which the decision has failed when it was last taken: after a conflict it is taken again */
  #command(deadline: Deadline, undecided: Set<LeadId>): LeadCommand {
    const { organizationId, leadId, contactIds, due, assigned } = deadline;
    return {
      context: { organizationId, actor: 'service:sla', cause: `event:${assigned}` },
      leadId,
      contactIds,
      decide: (scene, at) => {
        undecided.delete(leadId);
        try {
          return this.decide(scene, Math.max(at, due));
        } catch (error) {
          return this.#fail(leadId, error, undecided);
        }
      },
    };
  }
}
