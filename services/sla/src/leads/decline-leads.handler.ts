import { declineLead } from '@lead-rotator/claim';
import type { CommandHandler, LeadCommand } from '@lead-rotator/command-handling';
import { type EventContext, isRejected, Rejection } from '@lead-rotator/event-sourcing';
import type { EventOfType, LeadId } from '@lead-rotator/lead-events';
import { Refused } from '@lead-rotator/service-host';
import type { DeclineResponse } from './decline.response.ts';

/** Takes a lead from an owner who does not want it. */
export class DeclineLeads {
  constructor(private readonly commands: CommandHandler) {}

  /**
   * @param by id or email of the owner.
   * @throws Refused with the domain's reason; LogUnavailable, TooManyConflicts: not known whether it was done.
   */
  async decline(context: EventContext, leadId: LeadId, by: string): Promise<DeclineResponse> {
    const command: LeadCommand = {
      context,
      leadId,
      by,
      decide: (scene, at) => {
        const user = scene.distribution.findUser(by);
        if (user === undefined) return new Rejection('unknown-user', { path: 'by', user: by });
        return declineLead(scene, { by: user.id }, at);
      },
    };
    const outcome = await this.commands.handle(command);
    if (isRejected(outcome)) throw new Refused(outcome);
    const given = outcome
      .filter(({ type }) => type === 'LeadReassigned')
      .map(({ data }) => data as EventOfType<'LeadReassigned'>['data'])
      .find((data) => data.leadId === leadId);
    if (given === undefined) return { leadId };
    const { ownerId, due } = given;
    return { leadId, ownerId, ...(due === undefined ? {} : { due }) };
  }
}
