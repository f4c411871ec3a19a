import type { EventOfType, RotationId, Turn } from '@lead-rotator/lead-events';
import type { MemberRecord } from '../ledger/member-record.ts';
import type { OrganizationLedger } from '../ledger/organization-ledger.ts';
import type { Question } from '../ledger/question.ts';
import type { RotationRecord } from '../ledger/rotation-record.ts';
import type { Recorded } from './log-check.ts';

export type TurnEvent = Recorded<'LeadAssigned' | 'LeadReassigned'>;

/** A turn, and what the log said of its rotation, its member and its lead before it. */
export interface JudgedTurn {
  readonly turn: Turn;
  readonly rotation: RotationRecord;
  /** Undefined: the owner is not a member. */
  readonly member: MemberRecord | undefined;
  readonly question: Question;
}

/** Undefined for an event outside the turn, and for one whose rotation or lead is not known, which is a fault of its own. */
export function judgedTurn(event: TurnEvent, ledger: OrganizationLedger): JudgedTurn | undefined {
  const { turn, rotationId, ownerId, leadId } = event.data as EventOfType<'LeadAssigned'>['data'];
  if (turn === undefined) return undefined;
  const rotation = ledger.rotations.get(rotationId as RotationId);
  const lead = ledger.leads.get(leadId);
  if (rotation === undefined || lead === undefined) return undefined;
  const member = rotation.line.find(ownerId);
  return { turn, rotation, member, question: { ledger, rotation, lead, at: event.at } };
}
