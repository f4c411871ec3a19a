import { evolveLeads, type LeadState, tagsToLoad } from '@lead-rotator/claim';
import type { EventLog } from '@lead-rotator/event-log';
import type { OrganizationId, Tag } from '@lead-rotator/event-sourcing';
import { type LeadId, readEvent } from '@lead-rotator/lead-events';

/** The leads that bear these tags, and those that they follow or that follow them, as they stand now. */
export async function loadLeads(
  log: EventLog,
  organizationId: OrganizationId,
  first: readonly Tag[],
): Promise<Map<LeadId, LeadState>> {
  const leads = new Map<LeadId, LeadState>();
  const seenTags = new Set<Tag>();
  const seenEvents = new Set<number>();
  for (let tags = [...first]; tags.length > 0; ) {
    for (const tag of tags) seenTags.add(tag);
    for (const recorded of await log.readByTags({ organizationId, tags, open: true })) {
      if (seenEvents.has(recorded.position)) continue;
      seenEvents.add(recorded.position);
      evolveLeads(leads, readEvent(recorded));
    }
    tags = tagsToLoad(leads).filter((tag) => !seenTags.has(tag));
  }
  return leads;
}
