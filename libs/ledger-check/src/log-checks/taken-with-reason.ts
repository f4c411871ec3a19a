import type { LeadRecord } from '../ledger/lead-record.ts';
import type { OrganizationLedger } from '../ledger/organization-ledger.ts';
import type { MakeLogCheck, Recorded } from './log-check.ts';
import { placeOf } from './place-of.ts';

type Taking = Recorded<'LeadReassigned' | 'LeadTakenAway' | 'LeadOffered'>;

/** The rules take a lead from an owner who has not claimed it, and for a miss or a decline that is in the log. */
export const takenWithReason: MakeLogCheck = ({ report }) => {
  const look = (event: Taking, ledger: OrganizationLedger) => {
    const lead = ledger.leads.get(event.data.leadId);
    const { step, reason } = event.data.why;
    if (lead?.ownerId === undefined || step === 'by-hand') return;
    const facts = { type: event.type, step, owner: lead.ownerId };
    if (lead.claimed) report('taken-after-claim', placeOf(event), facts);
    if (reason !== 'follows' && isUnfounded(step, lead)) report('taken-unfounded', placeOf(event), facts);
  };
  return { on: { LeadReassigned: look, LeadTakenAway: look, LeadOffered: look } };
};

const isUnfounded = (step: string, lead: LeadRecord): boolean =>
  (step === 'missed' && !lead.missed) || (step === 'declined' && !lead.declinedNow);
