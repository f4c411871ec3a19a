import type { PassOverReason } from '@lead-rotator/lead-events';
import { memberAbsence, reasonAgainstPresent } from '../eligibility.ts';
import type { Member } from '../member.ts';
import type { PassedOverList } from '../passed-over.ts';
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
    passed.add(member.userId, reason ?? 'eligible');
  }
  return eligible;
}
