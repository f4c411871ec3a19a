import type { EpochMilliseconds } from '@lead-rotator/event-sourcing';
import { type EventOfType, namedAtMost, type PassOverReason, type Turn } from '@lead-rotator/lead-events';
import type { OrganizationLedger } from './organization-ledger.ts';
import { isAbsence, isUnsuited } from './reason-against.ts';
import type { RotationRecord } from './rotation-record.ts';

type Given = EventOfType<'LeadAssigned' | 'LeadReassigned'>['data'];

/** A turn moves the line of its rotation and counts for the caps. */
export function evolveTurn(ledger: OrganizationLedger, data: Given, at: EpochMilliseconds): void {
  if (data.turn === undefined || data.rotationId === undefined) return;
  const rotation = ledger.rotations.get(data.rotationId);
  if (rotation === undefined) return;
  rotation.turns = data.turn.number;
  const member = rotation.line.find(data.ownerId);
  if (member === undefined) return;
  member.turns.add(ledger.timeOf(rotation), at);
  const user = ledger.users.get(data.ownerId);
  user?.turns.add(ledger.timeOf(user), at);
  if (data.turn.extra === true) rotation.extras.splice(rotation.extras.indexOf(member), 1);
  else if (rotation.strategy !== 'round-robin') rotation.line.servedOtherwise(member);
  else moveLine(rotation, data.turn, member);
}

/**
 * Follows the reasons that the event gives, so that one fault in the log is reported once and not again with every turn
 * after it; for the same reason a member without one keeps the place.
 */
function moveLine(rotation: RotationRecord, turn: Turn, served: RotationRecord['members'][number]): void {
  const { makeUp = 'none' } = rotation.settings;
  rotation.line.serve(served, (passed, index) => {
    const reason = recordedReason(turn, passed.userId, index);
    if (reason === undefined || isUnsuited(reason)) return 'keeps-the-place';
    if (isAbsence(reason) && makeUp === 'one') return 'keeps-the-place';
    if (isAbsence(reason) && makeUp === 'all') rotation.extras.push(passed);
    return 'loses-the-turn';
  });
}

/**
 * The reason that a turn by round robin records for the member at this place of the line: by name for the first fifty,
 * by runs for the others.
 */
export function recordedReason(
  turn: Pick<Turn, 'passedOver' | 'further'>,
  userId: string,
  index: number,
): PassOverReason | undefined {
  if (index < namedAtMost || turn.further === undefined) {
    return turn.passedOver.find((passed) => passed.userId === userId)?.reason;
  }
  let left = index - namedAtMost;
  for (const { reason, count } of turn.further) {
    if (left < count) return reason === 'eligible' ? undefined : reason;
    left -= count;
  }
  return undefined;
}
