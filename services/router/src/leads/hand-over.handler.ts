import { handOverLead } from '@lead-rotator/claim';
import type { CommandHandler, LeadCommand } from '@lead-rotator/command-handling';
import { type EventContext, isRejected } from '@lead-rotator/event-sourcing';
import type { LeadId, UserId } from '@lead-rotator/lead-events';
import { Refused } from '@lead-rotator/service-host';

/** Gives a lead to somebody by hand. */
export class HandOver {
  constructor(private readonly handler: CommandHandler) {}

  /** @throws Refused with the domain's reason. */
  async handOver(context: EventContext, leadId: LeadId, to: UserId, by: UserId | undefined): Promise<void> {
    const given = { to, ...(by === undefined ? {} : { by }) };
    const command: LeadCommand = { context, leadId, decide: (scene, at) => handOverLead(scene, given, at) };
    const outcome = await this.handler.handle(command);
    if (isRejected(outcome)) throw new Refused(outcome);
  }
}
