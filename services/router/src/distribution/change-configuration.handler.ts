import type { CommandHandler } from '@lead-rotator/command-handling';
import { type EventContext, isRejected } from '@lead-rotator/event-sourcing';
import { Refused } from '@lead-rotator/service-host';
import { type Right, refusalFor } from '../access/rights.ts';
import type { Decide } from './in-turn.ts';

/** Changes users, rotations, rules and whatever else leads are distributed by. */
export class ChangeConfiguration {
  constructor(private readonly handler: CommandHandler) {}

  /**
   * Whether somebody may is decided together with what they want, on the same state. `once`: what is told again under this
   * id is not done again.
   * @throws Refused with the domain's reason, or `not-allowed`; LogUnavailable, TooManyConflicts: not known whether it
   * was done.
   */
  async change(context: EventContext, right: Right, decide: Decide, once?: string): Promise<void> {
    const allowed: Decide = (distribution, at) =>
      refusalFor(context.actor, distribution, right) ?? decide(distribution, at);
    const outcome = await this.handler.handle({ context, decide: allowed, ...(once === undefined ? {} : { once }) });
    if (isRejected(outcome)) throw new Refused(outcome);
  }
}
