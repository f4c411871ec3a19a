import type { Rejection } from '@lead-rotator/event-sourcing';
import type { ContactId, LeadId, LeadRotatorEvent } from '@lead-rotator/lead-events';
import { acceptLead, normaliseEmail, normalisePhone } from '@lead-rotator/lead-intake';
import { invalid } from '@lead-rotator/rotation';
import type { ScenarioLead } from '../file/read-people.ts';

/** Stands in for the email that a file need not say. */
const somebody = 'somebody@lead.example';

/** The first thing for which intake would refuse a lead, by its own rules; undefined if there is none. */
export function faultOfLead(
  { id: _, ...lead }: ScenarioLead,
  defaultCountry: string | undefined,
): Rejection<'invalid'> | undefined {
  const acceptance = acceptLead({ source: 'scenario', email: somebody, ...lead }, defaultCountry);
  const [fault] = acceptance.accepted ? [] : acceptance.faults;
  return fault === undefined ? undefined : invalid(fault.path.slice(1).replaceAll('/', '.'), fault.message);
}

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
