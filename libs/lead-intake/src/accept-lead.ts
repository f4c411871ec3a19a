import { isDateTime } from '@lead-rotator/event-sourcing';
import { type InboundLead, inboundLead } from '@lead-rotator/lead-events';
import { Ajv2020 } from 'ajv/dist/2020.js';
import type { Fault } from './fault.ts';
import { normaliseEmail } from './normalise-email.ts';
import { normalisePhone } from './normalise-phone.ts';
import { schemaFaults } from './schema-faults.ts';
import { textFaults } from './text-faults.ts';

export type Acceptance =
  | { readonly accepted: true; readonly lead: InboundLead }
  | { readonly accepted: false; readonly faults: readonly Fault[] };

const ajv = new Ajv2020({ allErrors: true });
ajv.addFormat('date-time', isDateTime);
const isInboundLead = ajv.compile<InboundLead>(inboundLead);

/**
 * Takes a lead as it came in, or says everything that is wrong with it. Fields that are null or blank are left out,
 * email and phone come back normalised. It is refused with a phone number that cannot be one, also when it has an
 * email: kept as it is, it would never be recognised as the same person's.
 * @param defaultCountry ISO 3166 code for phone numbers without an international prefix.
 */
export function acceptLead(input: unknown, defaultCountry: string | undefined): Acceptance {
  if (typeof input !== 'object' || input === null || Array.isArray(input)) {
    return refuse([{ path: '', message: 'must be an object: one lead' }]);
  }
  const lead: Readonly<Record<string, unknown>> = Object.values(input).every(isGiven)
    ? { ...input }
    : Object.fromEntries(Object.entries(input).filter(([, value]) => isGiven(value)));
  const faults = isInboundLead(lead) ? [] : schemaFaults(isInboundLead.errors ?? []);
  faults.push(...textFaults(lead));
  const phone = typeof lead.phone === 'string' ? normalisePhone(lead.phone, defaultCountry) : undefined;
  if (typeof lead.phone === 'string' && phone === undefined) {
    faults.push({ path: '/phone', message: 'is not a phone number; write it like +4915112345678' });
  }
  if (!isInboundLead(lead) || faults.length > 0) return refuse(faults);
  const contact = {
    ...(lead.email === undefined ? {} : { email: normaliseEmail(lead.email) }),
    ...(phone === undefined ? {} : { phone }),
  };
  return { accepted: true, lead: { ...lead, ...contact } };
}

/** A field that is null or blank counts as not there. */
export function isGiven(value: unknown): boolean {
  return value !== null && value !== undefined && (typeof value !== 'string' || value.trim() !== '');
}

function refuse(faults: readonly Fault[]): Acceptance {
  return { accepted: false, faults };
}
