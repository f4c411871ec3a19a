import { recordedReason } from '../ledger/evolve-turn.ts';
import type { MemberRecord } from '../ledger/member-record.ts';
import type { OrganizationLedger } from '../ledger/organization-ledger.ts';
import { isAbsence, reasonAgainst, reasonAgainstPresent, type Verdict } from '../ledger/reason-against.ts';
import type { LogCheckContext, MakeLogCheck } from './log-check.ts';
import { placeOf } from './place-of.ts';
import { type JudgedTurn, judgedTurn, type TurnEvent } from './turn.ts';

/** Computes every turn of a round robin a second time: who owed extra turns first, then the first in line who could. */
export const roundRobinInOrder: MakeLogCheck = ({ report }) => {
  const look = (event: TurnEvent, ledger: OrganizationLedger) => {
    const judged = judgedTurn(event, ledger);
    if (judged?.member === undefined || judged.rotation.strategy !== 'round-robin') return;
    const reasonOf = verdicts(judged, judged.member);
    if (judged.turn.extra === true) checkExtraTurn(report, event, judged, reasonOf);
    else checkTurn(report, event, judged, reasonOf);
  };
  return { on: { LeadAssigned: look, LeadReassigned: look } };
};

type ReasonOf = (member: MemberRecord) => Verdict;

/** Where nobody else could, `ignore-availability` lets the absent have the turn: then absence counts for nobody. */
function verdicts({ question, rotation }: JudgedTurn, served: MemberRecord): ReasonOf {
  const strict: ReasonOf = (member) => reasonAgainst(question, member);
  if (rotation.settings.whenNobody !== 'ignore-availability') return strict;
  const reason = strict(served);
  const nobody =
    reason !== undefined && isAbsence(reason) && rotation.members.every((one) => strict(one) !== undefined);
  return nobody ? (member) => reasonAgainstPresent(question, member) : strict;
}

function checkExtraTurn(
  report: LogCheckContext['report'],
  event: TurnEvent,
  { rotation, member: served }: JudgedTurn,
  reasonOf: ReasonOf,
): void {
  const first = rotation.extras.find((owed) => owed === served || reasonOf(owed) === undefined);
  if (first === served) return;
  report('turn-out-of-order', placeOf(event), {
    expected: first?.userId ?? 'no extra turn is owed',
    found: served?.userId,
    extra: true,
  });
}

function checkTurn(
  report: LogCheckContext['report'],
  event: TurnEvent,
  { rotation, turn, member: served }: JudgedTurn,
  reasonOf: ReasonOf,
): void {
  const owed = rotation.extras.find((one) => reasonOf(one) === undefined);
  if (owed !== undefined) {
    report('turn-out-of-order', placeOf(event), { expected: owed.userId, found: served?.userId, extra: true });
  }
  const front = rotation.line.line.indexOf(served as MemberRecord);
  for (let index = 0; index < front; index += 1) {
    const member = rotation.line.line[index] as MemberRecord;
    const recorded = recordedReason(turn, member.userId, index);
    const reason = reasonOf(member);
    if (recorded !== undefined && (reason === recorded || reason === 'unknown')) continue;
    const { userId } = member;
    if (reason === undefined || recorded === undefined) {
      report('turn-out-of-order', placeOf(event), { expected: userId, found: served?.userId });
    }
    if (recorded !== undefined) {
      report('passed-over-wrongly', placeOf(event), { userId, recorded, found: reason ?? 'eligible' });
    }
  }
  const named = turn.passedOver.length + (turn.more ?? 0);
  if (named > front) {
    report('passed-over-wrongly', placeOf(event), { passedOver: named, stoodInFront: front });
  }
}
