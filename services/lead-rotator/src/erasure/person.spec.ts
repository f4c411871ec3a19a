import { describe, expect, it } from '@jest/globals';
import { type ContactIdentifier, InMemoryEventLog } from '@lead-rotator/event-log';
import { defaultOrganization } from '@lead-rotator/event-sourcing';
import { type EventOfType, type LeadId, toNewEvent } from '@lead-rotator/lead-events';
import { findPerson } from './person.ts';

const email: ContactIdentifier = { kind: 'email', value: 'kim@lead.example' };
const phone: ContactIdentifier = { kind: 'phone', value: '+4915112345678' };

/** A log with a lead of a person who is known by both. */
async function logWithLead(): Promise<InMemoryEventLog> {
  const log = new InMemoryEventLog();
  const [contactIds = []] = await log.contacts.resolve(defaultOrganization, [[email, phone]]);
  const at = '2026-01-05T09:00:00Z';
  const data: EventOfType<'LeadCaptured'>['data'] = {
    leadId: 'L1' as LeadId,
    source: 'form',
    sourceLeadId: '1',
    contactIds,
    status: 'new',
    receivedAt: at,
    person: { firstName: 'Kim', email: email.value, phone: phone.value },
    at,
  };
  const context = { organizationId: defaultOrganization, actor: 'source:form', cause: 'request:1' } as const;
  const event = toNewEvent({ type: 'LeadCaptured', data }, context);
  await log.append({ id: 'capture', events: [event], guards: [] });
  return log;
}

describe('a person who is to be forgotten', () => {
  it.each([
    ['email', email],
    ['phone', phone],
  ])('is found by their %s again when erasing them was broken off', async (_, identifier) => {
    const log = await logWithLead();
    const find = () => findPerson(log, log.contacts, defaultOrganization, identifier);
    const contactIds = (await find())?.contactIds ?? [];
    expect(contactIds).toHaveLength(2);
    await log.contacts.forget(contactIds[0] as (typeof contactIds)[number]);
    expect((await find())?.contactIds).toEqual(expect.arrayContaining([...contactIds]));
  });
});
