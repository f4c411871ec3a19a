import type { MakeLogCheck } from './log-check.ts';

/** A captured or rerouted lead is decided in time. */
export const everyLeadIsDecided: MakeLogCheck = ({ report, settings }) => ({
  atEnd({ organizationId, leads }) {
    for (const [leadId, lead] of leads) {
      const waited = settings.now - lead.since;
      if (lead.stage !== 'undecided' || waited <= settings.decisionGrace) continue;
      report('undecided', { organizationId, leadId }, { since: new Date(lead.since).toISOString(), waited });
    }
  },
});
