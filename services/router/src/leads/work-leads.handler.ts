import type { Result, Scene } from '@lead-rotator/claim';
import type { CommandHandler, LeadCommand, Outcome } from '@lead-rotator/command-handling';
import { type EpochMilliseconds, type EventContext, isRejected } from '@lead-rotator/event-sourcing';
import type { LeadId } from '@lead-rotator/lead-events';
import { Refused } from '@lead-rotator/service-host';
import { anybody, refusalFor } from '../access/rights.ts';

/** What is wanted of a lead; pure, and asked again after a conflict. */
export type Wish = (scene: Scene, at: EpochMilliseconds) => Result;

/** So many leads of a bulk are decided together: what follows from them must fit into one unit of the log (1 MB). */
const mostTogether = 200;

/** Does by hand what people want of leads. */
export class WorkLeads {
  constructor(private readonly handler: CommandHandler) {}

  /**
   * @param by the user for whom it is asked, by id or email
   * @throws Refused with the domain's reason; LogUnavailable, TooManyConflicts: not known whether it was done
   */
  async one(context: EventContext, leadId: LeadId, wish: Wish, by?: string): Promise<void> {
    const outcome = await this.try(context, leadId, wish, by);
    if (isRejected(outcome)) throw new Refused(outcome);
  }

  /** The same, with a refusal as an answer. @throws LogUnavailable, TooManyConflicts */
  try(context: EventContext, leadId: LeadId, wish: Wish, by?: string): Promise<Outcome> {
    return this.handler.handle(commandOf(context, leadId, wish, by));
  }

  /**
   * Of many leads, in their order: one outcome each, so that a refused one stops none of the others.
   * @throws LogUnavailable, TooManyConflicts: a part may have been done; repeating it does the rest.
   */
  async many(context: EventContext, leadIds: readonly LeadId[], wish: Wish, by?: string): Promise<Outcome[]> {
    const outcomes: Outcome[] = [];
    for (let from = 0; from < leadIds.length; from += mostTogether) {
      const together = leadIds.slice(from, from + mostTogether);
      outcomes.push(...(await this.handler.handleAll(together.map((leadId) => commandOf(context, leadId, wish, by)))));
    }
    return outcomes;
  }
}

/** Whoever asks must be somebody: a user who was deactivated may do nothing any more. */
const commandOf = (context: EventContext, leadId: LeadId, wish: Wish, by: string | undefined): LeadCommand => ({
  context,
  leadId,
  ...(by === undefined ? {} : { by }),
  decide: (scene, at) => refusalFor(context.actor, scene.distribution, anybody) ?? wish(scene, at),
});
