import type { CommandHandler, ConfigurationCommand } from '@lead-rotator/command-handling';
import { type EventContext, isRejected } from '@lead-rotator/event-sourcing';
import { Refused } from '@lead-rotator/service-host';

/** Changes users and rotations. */
export class ChangeConfiguration {
  constructor(private readonly handler: CommandHandler) {}

  /** @throws Refused with the domain's reason; LogUnavailable, TooManyConflicts: not known whether it was done. */
  async change(context: EventContext, decide: ConfigurationCommand['decide']): Promise<void> {
    const outcome = await this.handler.handle({ context, decide });
    if (isRejected(outcome)) throw new Refused(outcome);
  }
}
