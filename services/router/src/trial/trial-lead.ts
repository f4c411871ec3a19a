import { evolveLead, type LeadState } from '@lead-rotator/claim';
import type { ContactDirectory, ContactIdentifier } from '@lead-rotator/event-log';
import type { EpochMilliseconds, OrganizationId } from '@lead-rotator/event-sourcing';
import type { ContactId, InboundLead, LeadId } from '@lead-rotator/lead-events';
import { acceptLead, captureLead } from '@lead-rotator/lead-intake';
import { InvalidRequest } from '@lead-rotator/service-host';

/** Of a lead that is not there: no real one has it. */
const trialId = 'trial' as LeadId;
/** Stands in where a lead to be tried names no person. */
const somebody = 'somebody@lead.example';

/**
 * A lead as intake would take it, but for its person, which need not be named. @throws InvalidRequest with every fault
 * under `/lead`.
 */
export function acceptTrial(input: unknown, country: string | undefined): InboundLead {
  const isLead = typeof input === 'object' && input !== null && !Array.isArray(input);
  const isNamed = !isLead || 'email' in input || 'phone' in input;
  const acceptance = acceptLead(isNamed ? input : { ...input, email: somebody }, country);
  if (!acceptance.accepted) {
    throw new InvalidRequest(acceptance.faults.map(({ path, message }) => ({ path: `/lead${path}`, message })));
  }
  const { email, ...lead } = acceptance.lead;
  return isNamed && email !== undefined ? { email, ...lead } : lead;
}

/** The ids of its contacts that are known already; looking for them makes no new ones. */
export async function knownContacts(
  directory: ContactDirectory,
  organizationId: OrganizationId,
  { email, phone }: InboundLead,
): Promise<ContactId[]> {
  const identifiers: ContactIdentifier[] = [];
  if (email !== undefined) identifiers.push({ kind: 'email', value: email });
  if (phone !== undefined) identifiers.push({ kind: 'phone', value: phone });
  const found = await Promise.all(identifiers.map((identifier) => directory.find(organizationId, identifier)));
  return found.filter((contactId) => contactId !== undefined);
}

/** The state that the lead would have when it is captured. */
export function trialLead(lead: InboundLead, contactIds: readonly ContactId[], at: EpochMilliseconds): LeadState {
  const command = { leadId: trialId, sourceLeadId: lead.id ?? trialId, lead, contactIds, at };
  const [captured] = [captureLead.decide(captureLead.initialState(), command)].flat();
  const state = captured !== undefined && 'type' in captured ? evolveLead(undefined, captured) : undefined;
  if (state === undefined) throw new Error('a lead to be tried was not captured');
  return state;
}
