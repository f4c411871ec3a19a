import type { EventLog } from '@lead-rotator/event-log';
import type { OrganizationId } from '@lead-rotator/event-sourcing';
import { type LeadId, leadTag, readEvent } from '@lead-rotator/lead-events';
import { leadIdOf } from '@lead-rotator/lead-intake';

/** The id itself, or those that it has by a source and an id of that source: either may contain a slash. */
export function leadIdsOf(lead: string, organizationId: OrganizationId): LeadId[] {
  const parts = lead.split('/');
  const bySource = parts
    .slice(1)
    .map((_, index) => leadIdOf(organizationId, parts.slice(0, index + 1).join('/'), parts.slice(index + 1).join('/')));
  return [lead as LeadId, ...bySource];
}

/** The id of a lead by one of its names; undefined if nothing in the log is about such a lead. */
export async function findLead(
  log: Pick<EventLog, 'readByTags'>,
  lead: string,
  organizationId: OrganizationId,
): Promise<LeadId | undefined> {
  const candidates = leadIdsOf(lead, organizationId);
  const events = (await log.readByTags({ organizationId, tags: candidates.map(leadTag) })).map(readEvent);
  const about = new Set(events.map(({ data }) => ('leadId' in data ? data.leadId : undefined)));
  return candidates.find((candidate) => about.has(candidate));
}
