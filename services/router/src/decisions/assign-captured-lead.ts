import { assignLead } from '@lead-rotator/claim';
import type { LeadCommand } from '@lead-rotator/command-handling';
import type { CapturedLead } from './captured-lead.ts';

/**
 * The command that gives a captured lead its owner, unless it is decided already. `clear`: the event comes with the
 * personal data in clear, so that nothing has to be unsealed.
 */
export function assignCapturedLead(captured: CapturedLead, clear: boolean): LeadCommand {
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
    decide: assignLead,
  };
}
