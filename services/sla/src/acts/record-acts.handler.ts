import { recordActivity, type Scene } from '@lead-rotator/claim';
import {
  type CommandHandler,
  handleInHalves,
  Lane,
  type LeadCommand,
  type Outcome,
} from '@lead-rotator/command-handling';
import type { EventLog } from '@lead-rotator/event-log';
import { isRejected, Rejection } from '@lead-rotator/event-sourcing';
import type { EventOfType, UserId } from '@lead-rotator/lead-events';
import type { SlaMetrics } from '../sla-metrics.ts';
import type { Act } from './act.ts';
import { type ActAnswer, answerTo } from './act-answer.ts';
import { firstAnswer } from './first-answer.ts';

/** Most acts of one append. */
const mostTogether = 500;

/** An act that the decider failed on, or whose events the log will never take: a fault of ours or of the act. */
export class ActFailed extends Error {
  override readonly name = 'ActFailed';
}

interface Judged {
  /** Who had the lead when the act was judged. */
  readonly ownerBefore: UserId | undefined;
  readonly failure: unknown;
}

interface Recorded extends Judged {
  readonly outcome: Outcome;
}

/**
 * Records what users do about leads, over HTTP and from the bus through one lane: what has gathered is one append. An
 * act is judged by what stands in the log at that moment, and a lead is claimed by it or not, once and for all.
 */
export class RecordActs {
  readonly #lane: Lane<Act, Recorded>;

  constructor(
    private readonly log: EventLog,
    private readonly commands: CommandHandler,
    private readonly metrics: SlaMetrics,
  ) {
    this.#lane = new Lane((acts) => this.#record(acts), mostTogether);
  }

  /**
   * Answers when it is on disk; an act that is known gets its first answer again.
   * @throws LogUnavailable or TooManyConflicts: it may be told again; ActFailed: it could not be judged.
   */
  async record(act: Act): Promise<ActAnswer | Rejection> {
    const { outcome, ownerBefore, failure } = await this.#lane.add(act);
    if (failure !== undefined) throw new ActFailed('the act could not be judged', { cause: failure });
    if (isRejected(outcome)) return outcome;
    const recorded = recordedBy(outcome);
    return recorded === undefined ? firstAnswer(this.log, act) : answerTo(recorded, ownerBefore);
  }

  async #record(acts: readonly Act[]): Promise<Recorded[]> {
    const judged: Judged[] = acts.map(() => ({ ownerBefore: undefined, failure: undefined }));
    const commands = acts.map((act, index): LeadCommand => {
      const { context, leadId, by } = act;
      return {
        context,
        leadId,
        by,
        decide: (scene, at) => {
          try {
            judged[index] = { ownerBefore: scene.lead.ownerId, failure: undefined };
            return judge(scene, act, at);
          } catch (failure) {
            // The acts around it must not fail with it.
            judged[index] = { ownerBefore: undefined, failure };
            return [];
          }
        },
      };
    });
    const outcomes = await handleInHalves(this.commands, commands, (command, failure) => {
      judged[commands.indexOf(command)] = { ownerBefore: undefined, failure };
      return [];
    });
    return outcomes.map((outcome, index) => {
      const own = judged[index] as Judged;
      this.metrics.act(own.failure === undefined ? labelOf(outcome) : 'failed');
      return { outcome, ...own };
    });
  }
}

/** The decision about an act: nobody acts in the future, and a user is known by id or email. */
function judge(scene: Scene, act: Act, at: number) {
  const user = scene.distribution.findUser(act.by);
  if (user === undefined) return new Rejection('unknown-user', { path: 'by', user: act.by });
  const { activityId, kind, automated } = act;
  const occurredAt = Math.min(act.occurredAt, at);
  return recordActivity(scene, { activityId, userId: user.id, kind, automated, occurredAt }, at);
}

/** Undefined for an act that was known. */
function recordedBy(outcome: Exclude<Outcome, Rejection>) {
  const [recorded] = outcome;
  return recorded?.data as EventOfType<'LeadActivityRecorded'>['data'] | undefined;
}

function labelOf(outcome: Outcome): string {
  return isRejected(outcome) ? outcome.code : (recordedBy(outcome)?.outcome ?? 'repeated');
}
