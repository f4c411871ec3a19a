import {
  type CommandHandler,
  handleInHalves,
  Lane,
  type LeadCommand,
  type Outcome,
  type ReadAhead,
} from '@lead-rotator/command-handling';
import type { InvalidUnit } from '@lead-rotator/event-log';
import { isRejected } from '@lead-rotator/event-sourcing';
import { type Logger, traceIdOf } from '@lead-rotator/service-host';
import type { RouterMetrics } from '../router-metrics.ts';
import { failureAsNotice } from './failure-as-notice.ts';

/** Most leads of one decision: longer batches decide no faster, and those behind wait longer. */
const mostLeads = 500;

/**
 * Decides leads in the order in which they come in. Everything that all partitions of the process bring goes through
 * one lane, so that a batch is one read, one fork and one append, and this process never competes with itself.
 */
export class DecideLeads {
  readonly #lane: Lane<LeadCommand, Outcome, ReadAhead>;

  constructor(
    private readonly handler: CommandHandler,
    private readonly metrics: RouterMetrics,
    private readonly logger: Logger,
  ) {
    this.#lane = new Lane(
      (commands, ahead) => this.#decide(commands, ahead),
      mostLeads,
      (commands) => handler.readAhead(commands),
    );
  }

  /**
   * One outcome per command, when all are on disk: the events, none for a lead that was decided before, or `unknown-lead`.
   * @throws LogUnavailable, TooManyConflicts, or the projection's fault: the same commands may be handed in again.
   */
  decide(commands: readonly LeadCommand[]): Promise<Outcome[]> {
    return Promise.all(commands.map((command) => this.#lane.add(this.#withNotice(command))));
  }

  async #decide(commands: readonly LeadCommand[], ahead?: Promise<ReadAhead>): Promise<readonly Outcome[]> {
    const before = this.handler.conflicts;
    const end = this.metrics.deciding(commands.length);
    try {
      const failed = (command: LeadCommand, error: InvalidUnit) => this.handler.handle(this.#failed(command, error));
      const read = await ahead?.catch(() => undefined);
      const outcomes = await handleInHalves(this.handler, commands, failed, read);
      commands.forEach((command, index) => {
        this.#tell(command, outcomes[index] as Outcome);
      });
      return outcomes;
    } finally {
      end();
      this.metrics.conflicts(this.handler.conflicts - before);
    }
  }

  #withNotice(command: LeadCommand): LeadCommand {
    return failureAsNotice(command, (err) => {
      this.logger.error({ leadId: command.leadId, err }, 'a lead that is decided could not be decided again');
    });
  }

  /** In place of a command whose events the log will never take. */
  #failed(command: LeadCommand, error: InvalidUnit): LeadCommand {
    const decide = () => {
      throw error;
    };
    return this.#withNotice({ ...command, decide });
  }

  #tell({ leadId, context }: LeadCommand, outcome: Outcome): void {
    if (isRejected(outcome)) return;
    for (const { type, data } of outcome) {
      this.metrics.decided(type);
      const { rotationId, why } = data as { rotationId?: string; why?: { step: string; error?: string } };
      const isFailure = why?.step === 'failure';
      if (!isFailure && !this.logger.isLevelEnabled('debug')) continue;
      const facts = { leadId, rotationId, traceId: traceIdOf(context.traceparent), type, error: why?.error };
      if (isFailure) this.logger.error(facts, 'a lead could not be decided and was left unassigned');
      else this.logger.debug(facts, 'decided');
    }
  }
}
