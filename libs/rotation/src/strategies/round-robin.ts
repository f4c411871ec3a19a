import type { Turn } from '@lead-rotator/lead-events';
import { isAbsence, isUnsuited } from '../eligibility.ts';
import type { Member } from '../member.ts';
import { type PassedOverList, reasonsInLine } from '../passed-over.ts';
import type { Rotation } from '../rotation.ts';
import { reasonAgainstIn } from './eligible.ts';
import type { Choice, Chosen, Strategy } from './strategy.ts';

/**
 * The first in line who is eligible is served and goes to the back. Those in front of them go to the back too, before
 * them and in their order, and lose the turn; only whom this lead does not suit keep their places, so that nobody
 * starves behind a filter. Nobody eligible: the line stays.
 */
export const roundRobin: Strategy = {
  choose(choice: Choice, passed: PassedOverList): Chosen | undefined {
    for (const userId of choice.rotation.extras) {
      const member = choice.rotation.member(userId);
      if (member !== undefined && reasonAgainstIn(choice, member) === undefined) {
        return { member, record: { extra: true } };
      }
    }
    for (const member of choice.rotation.line) {
      const reason = reasonAgainstIn(choice, member);
      if (reason === undefined) return { member };
      passed.add(member.userId, reason);
    }
    return undefined;
  },

  serve(rotation: Rotation, member: Member, turn: Turn): void {
    if (turn.extra === true) {
      rotation.extras.splice(rotation.extras.indexOf(member.userId), 1);
      return;
    }
    if (turn.passedOver.length === 0) {
      rotation.line.shift();
      rotation.line.push(member);
      return;
    }
    passOver(rotation, reasonsInLine(turn));
    rotation.line.push(member);
  },
};

/** Takes the chosen and those who lost their turn out of the line, and puts the latter at its back. */
function passOver(rotation: Rotation, reasons: readonly string[]): void {
  const { makeUp } = rotation.settings;
  const kept: Member[] = [];
  const lost: Member[] = [];
  for (const [index, reason] of reasons.entries()) {
    const member = rotation.line[index] as Member;
    const keeps = isUnsuited(reason) || (makeUp === 'one' && isAbsence(reason));
    (keeps ? kept : lost).push(member);
    if (makeUp === 'all' && isAbsence(reason)) rotation.extras.push(member.userId);
  }
  rotation.line.splice(0, reasons.length + 1, ...kept);
  rotation.line.push(...lost);
}
