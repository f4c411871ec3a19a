import type { OrganizationLedger } from '../ledger/organization-ledger.ts';
import type { MakeLogCheck, Recorded } from './log-check.ts';
import { placeOf } from './place-of.ts';

/** Nobody who is unknown or inactive is given a lead, in the turn or outside. */
export const ownerIsActive: MakeLogCheck = ({ report }) => {
  const look = (
    event: Recorded<'LeadAssigned' | 'LeadReassigned' | 'LeadHandedOver' | 'LeadPickedUp'>,
    ledger: OrganizationLedger,
  ) => {
    const { ownerId } = event.data;
    const user = ledger.users.get(ownerId);
    if (user?.active === true) return;
    report('owner-inactive', placeOf(event), { ownerId, user: user === undefined ? 'unknown' : 'inactive' });
  };
  return { on: { LeadAssigned: look, LeadReassigned: look, LeadHandedOver: look, LeadPickedUp: look } };
};
