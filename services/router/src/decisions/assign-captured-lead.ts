import { assignLead, leaveUnassignedOnFailure, type Scene } from '@lead-rotator/claim';
import type { LeadCommand } from '@lead-rotator/command-handling';
import type { EpochMilliseconds } from '@lead-rotator/event-sourcing';
import type { LeadRotatorEvent } from '@lead-rotator/lead-events';
import type { CapturedLead } from './captured-lead.ts';

/** How a captured lead is decided: no events if it is decided already. */
export type Assign = (scene: Scene, at: EpochMilliseconds) => readonly LeadRotatorEvent[];

/**
 * The command that gives a captured lead its owner. `clear`: the event comes with the personal data in clear, so that
 * nothing has to be unsealed. A decider that fails leaves the lead unassigned, with the error as a notice: a person
 * sees it, and the leads around it are not held up.
 */
export function assignCapturedLead(captured: CapturedLead, clear: boolean, assign: Assign = assignLead): LeadCommand {
  const { organizationId, position, traceparent, data } = captured;
  return {
    context: {
      organizationId,
      actor: 'service:router',
      cause: `event:${position}`,
      ...(traceparent === undefined ? {} : { traceparent }),
    },
    leadId: data.leadId,
    contactIds: data.contactIds,
    ...(clear ? { known: [captured] } : {}),
    decide(scene, at) {
      try {
        return assign(scene, at);
      } catch (error) {
        return [leaveUnassignedOnFailure(scene.lead, describe(error), at)];
      }
    },
  };
}

function describe(error: unknown): string {
  return error instanceof Error ? `${error.name}: ${error.message}` : String(error);
}
