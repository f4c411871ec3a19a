import type { EventOfType, LeadId, UserId } from '@lead-rotator/lead-events';

type Recorded = EventOfType<'LeadActivityRecorded'>['data'];

/** What an act has come to. */
export interface ActAnswer {
  readonly leadId: LeadId;
  readonly activityId: string;
  /** `claims`: the lead is claimed by it; `too-late`: the deadline had passed; `recorded`: it claims nothing. */
  readonly outcome: 'claims' | 'recorded' | 'too-late';
  /** The same more exactly: why it claims nothing. */
  readonly reason: Recorded['outcome'];
  /** Who has the lead after the act; absent: nobody. */
  readonly ownerId?: UserId;
  /** True when the act was recorded before: this is the first answer again. */
  readonly repeated: boolean;
}

/** Who claims a lead has it, also one that was offered to several before. */
export function answerTo(recorded: Recorded, ownerBefore: UserId | undefined): ActAnswer {
  const { leadId, activityId, userId, outcome: reason } = recorded;
  const ownerId = reason === 'claims' ? userId : ownerBefore;
  return {
    leadId,
    activityId,
    outcome: reason === 'claims' || reason === 'too-late' ? reason : 'recorded',
    reason,
    ...(ownerId === undefined ? {} : { ownerId }),
    repeated: false,
  };
}
