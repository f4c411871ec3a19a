import type { ContactIdentifier } from '@lead-rotator/event-log';
import type { LeadId } from '@lead-rotator/lead-events';
import { normaliseEmail, normalisePhone } from '@lead-rotator/lead-intake';
import { InvalidArgumentError } from 'commander';

/** Who is to be forgotten: by an email address or a phone number, or as the person of a lead. */
export type Whom = ContactIdentifier | { readonly leadId: LeadId };

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/**
 * Written as the contact would be recognized: case of an email address and blanks of a phone number do not matter; a
 * phone number needs its international prefix.
 * @throws InvalidArgumentError
 */
export function parseWhom(text: string): Whom {
  if (uuid.test(text)) return { leadId: text.toLowerCase() as LeadId };
  if (text.includes('@')) return { kind: 'email', value: normaliseEmail(text) };
  const phone = normalisePhone(text, undefined);
  if (phone === undefined) {
    throw new InvalidArgumentError(
      'neither an email address, nor a phone number like +4915112345678, nor the id of a lead',
    );
  }
  return { kind: 'phone', value: phone };
}
