import type { MakeLogCheck } from './log-check.ts';
import { placeOf } from './place-of.ts';

/** Only the present owner claims a lead, by an act of their own since they have had it. */
export const claimsByOwners: MakeLogCheck = ({ report }) => ({
  on: {
    LeadClaimed(event, ledger) {
      const lead = ledger.leads.get(event.data.leadId);
      const { ownerId } = event.data;
      if (lead === undefined || lead.ownerId === ownerId) return;
      report('claim-not-owner', placeOf(event), { says: ownerId, owner: lead.ownerId ?? null });
    },
    LeadActivityRecorded(event, ledger) {
      const lead = ledger.leads.get(event.data.leadId);
      if (lead === undefined || event.data.outcome !== 'claims' || lead.stage === 'offered') return;
      const { userId, kind, automated, occurredAt } = event.data;
      if (lead.ownerId !== userId) {
        report('claim-not-owner', placeOf(event), { says: userId, owner: lead.ownerId ?? null });
      } else if (automated || kind === 'view' || Date.parse(occurredAt) < lead.since) {
        const since = new Date(lead.since).toISOString();
        report('claim-unfounded', placeOf(event), { userId, kind, automated, occurredAt, ownerSince: since });
      }
    },
  },
});
