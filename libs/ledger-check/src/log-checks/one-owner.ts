import type { UserId } from '@lead-rotator/lead-events';
import type { OrganizationLedger } from '../ledger/organization-ledger.ts';
import type { MakeLogCheck, Recorded } from './log-check.ts';
import { placeOf } from './place-of.ts';

type OwnerChange = Recorded<'LeadReassigned' | 'LeadHandedOver' | 'LeadTakenAway' | 'LeadOffered'>;

/** Whoever an event takes a lead from had it, and whoever picks one up finds it without an owner. */
export const oneOwner: MakeLogCheck = ({ report }) => {
  const expect = (event: OwnerChange | Recorded<'LeadPickedUp'>, ledger: OrganizationLedger, says?: UserId) => {
    const lead = ledger.leads.get(event.data.leadId);
    if (lead === undefined || lead.ownerId === says) return;
    report('two-owners', placeOf(event), { type: event.type, says: says ?? null, owner: lead.ownerId ?? null });
  };
  const look = (event: OwnerChange, ledger: OrganizationLedger) => expect(event, ledger, event.data.previousOwnerId);
  return {
    on: {
      LeadReassigned: look,
      LeadHandedOver: look,
      LeadTakenAway: look,
      LeadOffered: look,
      LeadPickedUp: (event, ledger) => expect(event, ledger),
    },
  };
};
