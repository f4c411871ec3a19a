import type { LeadRotatorEvent, RecordedLeadEvent } from '@lead-rotator/lead-events';

/** A row of `notices`. */
export interface NoticeRow {
  readonly organizationId: string;
  readonly position: number;
  readonly at: number;
  readonly notice: string;
  readonly leadId: string | null;
  readonly rotationId: string | null;
  readonly userId: string | null;
}

export const noticeTypes = [
  'LeadLeftUnassigned',
  'LeadTakenAway',
  'ClaimDeadlineNeared',
  'ClaimMissed',
  'ReassignmentPending',
  'ReassignmentsExhausted',
  'MemberPaused',
  'OwnerFoundInactive',
] as const satisfies readonly LeadRotatorEvent['type'][];

/** The notices that events raise; whom one is about: the owner, the former owner, or the member. */
export function noticeRows(events: readonly RecordedLeadEvent[]): NoticeRow[] {
  return events.flatMap(({ organizationId, position, at, data }): NoticeRow[] => {
    if (!('notice' in data) || data.notice === undefined) return [];
    const { leadId = null } = data;
    const rotationId = ('rotationId' in data ? data.rotationId : undefined) ?? null;
    const named = 'ownerId' in data ? data.ownerId : 'userId' in data ? data.userId : undefined;
    const userId = named ?? ('previousOwnerId' in data ? data.previousOwnerId : undefined) ?? null;
    return [{ organizationId, position, at, notice: data.notice, leadId, rotationId, userId }];
  });
}
