import { evolveLead, type LeadState } from '@lead-rotator/claim';
import type { EventLog } from '@lead-rotator/event-log';
import { type OrganizationId, Rejection } from '@lead-rotator/event-sourcing';
import { type LeadId, leadTag, readEvent } from '@lead-rotator/lead-events';
import { Refused } from '@lead-rotator/service-host';
import { type LeadAnswer, leadAnswer } from './lead.response.ts';

/**
 * A lead with all that happened to it, from the log as it stands now, personal data in clear. `check`: is asked before it
 * is answered. @throws Refused: `unknown-lead`, and what the check throws.
 */
export async function findLead(
  log: EventLog,
  organizationId: OrganizationId,
  leadId: LeadId,
  check?: (lead: LeadState) => Promise<unknown>,
): Promise<LeadAnswer> {
  const recorded = await log.readByTags({ organizationId, tags: [leadTag(leadId)], open: true });
  const events = recorded.map(readEvent).filter(({ data }) => isAbout(data, leadId));
  let lead: LeadState | undefined;
  for (const event of events) lead = evolveLead(lead, event);
  const captured = events.find((event) => event.type === 'LeadCaptured');
  if (lead === undefined || captured === undefined) throw new Refused(new Rejection('unknown-lead', { leadId }));
  await check?.(lead);
  return leadAnswer(lead, captured.data, events);
}

/** Owners of leads that follow it are found by its tag too. */
const isAbout = (data: object, leadId: LeadId): boolean => 'leadId' in data && data.leadId === leadId;
