import type { OrganizationLedger } from '../ledger/organization-ledger.ts';
import { isAbsence, reasonAgainst, reasonAgainstPresent } from '../ledger/reason-against.ts';
import type { MakeLogCheck } from './log-check.ts';
import { placeOf } from './place-of.ts';
import { judgedTurn, type TurnEvent } from './turn.ts';

/**
 * Under the strategies that are not computed again, what holds for all of them: whoever is named as passed over could
 * not have the turn, for the reason that is named.
 */
export const reasonsHold: MakeLogCheck = ({ report }) => {
  const look = (event: TurnEvent, ledger: OrganizationLedger) => {
    const judged = judgedTurn(event, ledger);
    if (judged === undefined || judged.rotation.strategy === 'round-robin') return;
    const { turn, rotation, question } = judged;
    for (const { userId, reason: recorded } of turn.passedOver) {
      const member = rotation.line.find(userId);
      const found = member === undefined ? 'not-a-member' : reasonAgainst(question, member);
      if (found === recorded || found === 'unknown') continue;
      const ignored = rotation.settings.whenNobody === 'ignore-availability' && found !== undefined && isAbsence(found);
      if (ignored && member !== undefined && reasonAgainstPresent(question, member) === recorded) continue;
      report('passed-over-wrongly', placeOf(event), { userId, recorded, found: found ?? 'eligible' });
    }
  };
  return { on: { LeadAssigned: look, LeadReassigned: look } };
};
