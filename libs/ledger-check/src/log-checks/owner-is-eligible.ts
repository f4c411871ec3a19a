import type { OrganizationLedger } from '../ledger/organization-ledger.ts';
import { isAbsence, isCap, reasonAgainst, reasonAgainstPresent } from '../ledger/reason-against.ts';
import type { MakeLogCheck } from './log-check.ts';
import { placeOf } from './place-of.ts';
import { judgedTurn, type TurnEvent } from './turn.ts';

/** Whoever has a turn is a member, and could have it: under any strategy. */
export const ownerIsEligible: MakeLogCheck = ({ report }) => {
  const look = (event: TurnEvent, ledger: OrganizationLedger) => {
    const judged = judgedTurn(event, ledger);
    if (judged === undefined) return;
    const { ownerId } = event.data;
    if (judged.member === undefined) {
      report('owner-not-a-member', placeOf(event), { ownerId });
      return;
    }
    let reason = reasonAgainst(judged.question, judged.member);
    // Who was offered a lead may take it when they are absent by then.
    const isTaken = judged.turn.strategy === 'first-to-claim';
    const absenceIgnored = isTaken || judged.rotation.settings.whenNobody === 'ignore-availability';
    if (reason !== undefined && absenceIgnored && isAbsence(reason)) {
      reason = reasonAgainstPresent(judged.question, judged.member);
    }
    if (reason === undefined || reason === 'unknown' || reason === 'inactive') return;
    report(isCap(reason) ? 'cap-passed' : 'owner-not-eligible', placeOf(event), { ownerId, reason });
  };
  return { on: { LeadAssigned: look, LeadReassigned: look } };
};
