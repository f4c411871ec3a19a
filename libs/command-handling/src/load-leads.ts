import { evolveLead, type LeadState } from '@lead-rotator/claim';
import type { EventLog } from '@lead-rotator/event-log';
import type { OrganizationId, Position, RecordedEvent, Tag } from '@lead-rotator/event-sourcing';
import { contactTag, type LeadId, leadTag, readEvent } from '@lead-rotator/lead-events';
import type { Command } from './command.ts';

/** What a command looks at besides the distribution: its leads, and all of its contacts. */
export function tagsReadBy(command: Command): Tag[] {
  return [...(command.leadIds ?? []).map(leadTag), ...(command.contactIds ?? []).map(contactTag)];
}

/** The leads that the commands look at, as they stood at a position, by one read of the log. */
export async function loadLeads(
  log: EventLog,
  organizationId: OrganizationId,
  commands: readonly Command[],
  until: Position,
): Promise<Map<LeadId, LeadState>> {
  const tags = [...new Set(commands.flatMap(tagsReadBy))];
  const leads = new Map<LeadId, LeadState>();
  if (tags.length === 0) return leads;
  const known = new Map<Position, RecordedEvent>();
  for (const command of commands) for (const event of command.known ?? []) known.set(event.position, event);
  const events = await log.readByTags({ organizationId, tags, until, open: known.size === 0 });
  for (const recorded of events) {
    const event = readEvent(known.get(recorded.position) ?? recorded);
    if (!('leadId' in event.data)) continue;
    const { leadId } = event.data;
    leads.set(leadId, evolveLead(leads.get(leadId), event));
  }
  return leads;
}
