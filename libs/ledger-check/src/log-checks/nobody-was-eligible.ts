import type { OrganizationLedger } from '../ledger/organization-ledger.ts';
import { reasonAgainst } from '../ledger/reason-against.ts';
import type { MakeLogCheck, Recorded } from './log-check.ts';
import { placeOf } from './place-of.ts';

type LeftEvent = Recorded<'LeadLeftUnassigned' | 'LeadTakenAway' | 'ReassignmentPending'>;

/** Where a lead is left because nobody could have it, nobody could. */
export const nobodyWasEligible: MakeLogCheck = ({ report }) => {
  const look = (event: LeftEvent, ledger: OrganizationLedger) => {
    const { rotationId, passedOver, why, leadId } = event.data;
    if (passedOver === undefined || rotationId === undefined || !['nobody-eligible', 'hold'].includes(why.reason))
      return;
    const rotation = ledger.rotations.get(rotationId);
    const lead = ledger.leads.get(leadId);
    if (rotation === undefined || lead === undefined || !rotation.on) return;
    const question = { ledger, rotation, lead, at: event.at };
    const eligible = rotation.members.find((member) => reasonAgainst(question, member) === undefined);
    if (eligible !== undefined) report('left-though-eligible', placeOf(event), { eligible: eligible.userId });
    for (const { userId, reason: recorded } of passedOver) {
      const member = rotation.line.find(userId);
      const found = member === undefined ? 'not-a-member' : reasonAgainst(question, member);
      if (found === undefined || found === recorded || found === 'unknown') continue;
      report('passed-over-wrongly', placeOf(event), { userId, recorded, found });
    }
  };
  return { on: { LeadLeftUnassigned: look, LeadTakenAway: look, ReassignmentPending: look } };
};
