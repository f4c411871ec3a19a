import type { OrganizationLedger } from '../ledger/organization-ledger.ts';
import type { MakeLogCheck } from './log-check.ts';
import { placeOf } from './place-of.ts';
import { judgedTurn, type TurnEvent } from './turn.ts';

/** The turns of a rotation carry the numbers 1, 2, 3 …, and name the strategy in force. */
export const turnsAreCounted: MakeLogCheck = ({ report }) => {
  const look = (event: TurnEvent, ledger: OrganizationLedger) => {
    const judged = judgedTurn(event, ledger);
    if (judged === undefined) return;
    const { turn, rotation } = judged;
    const expected = { number: rotation.turns + 1, strategy: rotation.strategy };
    if (turn.number === expected.number && turn.strategy === expected.strategy) return;
    report('turn-number', placeOf(event), { expected, found: { number: turn.number, strategy: turn.strategy } });
  };
  return { on: { LeadAssigned: look, LeadReassigned: look } };
};
