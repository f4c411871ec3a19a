import type { MakeLogCheck } from './log-check.ts';
import { placeOf } from './place-of.ts';

/** Every lead is captured once, and before anything else happens to it. */
export const leadsAreKnown: MakeLogCheck = ({ report }) => ({
  onEvery(event, ledger) {
    if (!('leadId' in event.data) || event.data.leadId === undefined) return;
    const { leadId } = event.data;
    const known = ledger.leads.has(leadId) || ledger.closed.has(leadId);
    if (event.type === 'LeadCaptured' && known) report('captured-twice', placeOf(event));
    else if (event.type !== 'LeadCaptured' && !known) report('unknown-lead', placeOf(event), { type: event.type });
  },
});
