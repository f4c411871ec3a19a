import type { EventLog } from '@lead-rotator/event-log';
import type { OrganizationId, Position } from '@lead-rotator/event-sourcing';
import { type EventOfType, type LeadId, leadTag, type RecordedLeadEvent, readEvent } from '@lead-rotator/lead-events';
import type { UnassignedLead } from './unassigned-leads.read-model.ts';

/** What the log says about a lead that nobody has: how it came in, how it stands, and why nobody has it. */
export interface LeadEvents {
  readonly captured: EventOfType<'LeadCaptured'>['data'];
  readonly status: string;
  /** The event since which nobody has it. */
  readonly left: RecordedLeadEvent | undefined;
}

const types = ['LeadCaptured', 'LeadStatusChanged', 'LeadLeftUnassigned', 'LeadTakenAway', 'LeadOffered'];

/** Read at once for all leads of a page. `open`: personal data in clear. */
export async function leadEventsOf(
  log: EventLog,
  organizationId: OrganizationId,
  page: readonly UnassignedLead[],
  open: boolean,
): Promise<Map<LeadId, LeadEvents>> {
  if (page.length === 0) return new Map();
  const tags = page.map(({ leadId }) => leadTag(leadId));
  const events = (await log.readByTags({ organizationId, tags, types, open })).map(readEvent);
  const left = new Map<Position, RecordedLeadEvent>(events.map((event) => [event.position, event]));
  const sinceOf = new Map(page.map(({ leadId, sincePosition }) => [leadId, sincePosition]));
  const statuses = new Map<LeadId, string>();
  for (const { type, data } of events) if (type === 'LeadStatusChanged') statuses.set(data.leadId, data.status);
  const found = new Map<LeadId, LeadEvents>();
  for (const { type, data } of events) {
    if (type !== 'LeadCaptured') continue;
    const status = statuses.get(data.leadId) ?? data.status;
    found.set(data.leadId, { captured: data, status, left: left.get(sinceOf.get(data.leadId) ?? 0) });
  }
  return found;
}
