import type { LeadId, LeadRotatorEvent, Notice } from '@lead-rotator/lead-events';

/** The notice that an event raises, and for which lead. */
export function noticeOf(event: LeadRotatorEvent): { readonly leadId: LeadId; readonly notice: Notice } | undefined {
  if (!('notice' in event.data) || event.data.notice === undefined) return undefined;
  const { leadId, notice } = event.data;
  return leadId === undefined ? undefined : { leadId, notice };
}
