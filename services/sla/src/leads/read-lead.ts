import { evolveLead, type LeadState } from '@lead-rotator/claim';
import type { EventLog } from '@lead-rotator/event-log';
import type { OrganizationId, Position } from '@lead-rotator/event-sourcing';
import { type LeadId, leadTag, readEvent } from '@lead-rotator/lead-events';

/** A lead as it stands in the log, or stood at a position; undefined if there is none. Personal data stays sealed. */
export async function readLead(
  log: EventLog,
  organizationId: OrganizationId,
  leadId: LeadId,
  until?: Position,
): Promise<LeadState | undefined> {
  const tags = [leadTag(leadId)];
  const events = await log.readByTags({ organizationId, tags, ...(until === undefined ? {} : { until }) });
  let lead: LeadState | undefined;
  for (const event of events) lead = evolveLead(lead, readEvent(event));
  return lead;
}
