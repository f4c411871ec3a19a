import type { EventLog } from '@lead-rotator/event-log';
import type { OrganizationId, Position } from '@lead-rotator/event-sourcing';
import { type EventOfType, type LeadId, leadTag, type RecordedLeadEvent, readEvent } from '@lead-rotator/lead-events';
import type { UnassignedLead } from './unassigned-leads.read-model.ts';

/** What the log says about a lead that nobody has: how it came in, and why nobody has it. */
export interface LeadEvents {
  readonly captured: EventOfType<'LeadCaptured'>['data'];
  /** The event since which nobody has it. */
  readonly left: RecordedLeadEvent | undefined;
}

const types = ['LeadCaptured', 'LeadLeftUnassigned', 'LeadTakenAway', 'LeadOffered'];

/** Read at once for all leads of a page, personal data in clear. */
export async function leadEventsOf(
  log: EventLog,
  organizationId: OrganizationId,
  page: readonly UnassignedLead[],
): Promise<Map<LeadId, LeadEvents>> {
  if (page.length === 0) return new Map();
  const tags = page.map(({ leadId }) => leadTag(leadId));
  const events = (await log.readByTags({ organizationId, tags, types, open: true })).map(readEvent);
  const left = new Map<Position, RecordedLeadEvent>(events.map((event) => [event.position, event]));
  const sinceOf = new Map(page.map(({ leadId, sincePosition }) => [leadId, sincePosition]));
  const captured = events.filter((event) => event.type === 'LeadCaptured');
  return new Map(
    captured.map(({ data }) => [data.leadId, { captured: data, left: left.get(sinceOf.get(data.leadId) ?? 0) }]),
  );
}
