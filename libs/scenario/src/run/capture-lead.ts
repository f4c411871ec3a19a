import type { ContactId, LeadId, LeadRotatorEvent } from '@lead-rotator/lead-events';
import { normaliseEmail, normalisePhone } from '@lead-rotator/lead-intake';
import type { ScenarioLead } from '../file/read-people.ts';

/** A lead of a scenario as intake would capture it; its id stays as in the file. */
export function captureLead(lead: ScenarioLead, defaultCountry: string | undefined, at: number): LeadRotatorEvent {
  const { id, email: given = `${id}@lead.example`, phone: number, attributes, source = 'scenario', ...facts } = lead;
  const email = normaliseEmail(given);
  const phone = number === undefined ? undefined : normalisePhone(number, defaultCountry);
  const contacts = phone === undefined ? [email] : [email, phone];
  const when = new Date(at).toISOString();
  return {
    type: 'LeadCaptured',
    data: {
      status: 'new',
      ...facts,
      leadId: id as LeadId,
      source,
      sourceLeadId: id,
      contactIds: contacts as ContactId[],
      receivedAt: when,
      person: {
        email,
        ...(phone === undefined ? {} : { phone }),
        ...(attributes === undefined ? {} : { attributes }),
      },
      at: when,
    },
  };
}
