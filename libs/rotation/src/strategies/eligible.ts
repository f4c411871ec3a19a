import type { PassOverReason, Turn } from '@lead-rotator/lead-events';
import { memberAbsence, reasonAgainstPresent } from '../eligibility.ts';
import type { Member } from '../member.ts';
import { type PassedOverList, reasonsInList } from '../passed-over.ts';
import type { Rotation } from '../rotation.ts';
import type { Choice } from './strategy.ts';

/** Why a member cannot be chosen; undefined: eligible. */
export function reasonAgainstIn(choice: Choice, member: Member): PassOverReason | undefined {
  const { distribution, rotation, lead, at } = choice;
  const absence = memberAbsence(distribution, member, at);
  if (absence !== undefined && (absence === 'inactive' || !choice.ignoreAbsence)) return absence;
  return reasonAgainstPresent(distribution, rotation, member, lead, at);
}

/** The eligible members in list order; the others are told to `passed`. */
export function eligibleMembers(choice: Choice, passed: PassedOverList): Member[] {
  const eligible: Member[] = [];
  for (const member of choice.rotation.list) {
    const reason = reasonAgainstIn(choice, member);
    if (reason === undefined) eligible.push(member);
    if (reason !== undefined || passed.isFull) passed.add(member.userId, reason ?? 'eligible');
  }
  return eligible;
}

/** The members who were eligible at a turn, as the event has it. */
export function eligibleIn(turn: Turn, rotation: Rotation): readonly Member[] {
  if (turn.passedOver.length === 0) return rotation.list;
  const reasons = reasonsInList(turn, rotation.list);
  return rotation.list.filter((_, index) => reasons[index] === undefined);
}

/** The member with the least of a figure; of several, the first in the list. */
export function leastOf(members: readonly Member[], figure: (member: Member) => number): Member | undefined {
  let best: Member | undefined;
  let least = Infinity;
  for (const member of members) {
    const value = figure(member);
    if (value < least) {
      best = member;
      least = value;
    }
  }
  return best;
}

/** The member with the least of a figure; of several, the one waiting longest, then the first in the list. */
export function leastThenLongestWaiting(
  members: readonly Member[],
  figure: (member: Member) => number,
): Member | undefined {
  let best: Member | undefined;
  let least = Infinity;
  for (const member of members) {
    const value = figure(member);
    if (best === undefined || value < least || (value === least && member.lastTurn < best.lastTurn)) {
      best = member;
      least = value;
    }
  }
  return best;
}
