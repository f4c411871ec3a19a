import { type Static, Type } from 'typebox';
import { defineEvent } from './define-event.ts';
import { at, contactIds, instant, leadId } from './fields.ts';
import type { ContactId, LeadId } from './ids.ts';
import { contactTag, leadTag } from './tags.ts';

/** What identifies or describes a person: sealed in the log, in clear on the topic, gone when the person is forgotten. */
export const person = Type.Object(
  {
    firstName: Type.Optional(Type.String()),
    lastName: Type.Optional(Type.String()),
    email: Type.Optional(Type.String({ description: 'normalised: trimmed, case folded' })),
    phone: Type.Optional(Type.String({ description: 'normalised: E.164' })),
    attributes: Type.Optional(Type.Record(Type.String(), Type.Unknown())),
  },
  { additionalProperties: false },
);
export type Person = Static<typeof person>;

export const LeadCaptured = defineEvent({
  type: 'LeadCaptured',
  version: 1,
  about: 'A lead came in and is safe; who owns it is decided next.',
  data: Type.Object(
    {
      leadId,
      source: Type.String({ description: 'the system or campaign it came from' }),
      sourceLeadId: Type.String({ description: 'the id it has there, or the one that stood in for it' }),
      contactIds,
      group: Type.Optional(Type.String({ description: 'kind of enquiry' })),
      status: Type.String({ description: 'pipeline step' }),
      site: Type.Optional(Type.String()),
      page: Type.Optional(Type.String()),
      country: Type.Optional(Type.String()),
      region: Type.Optional(Type.String()),
      postcode: Type.Optional(Type.String()),
      score: Type.Optional(Type.Number()),
      owner: Type.Optional(Type.String({ description: 'the owner it came with: user id or email' })),
      receivedAt: instant('when the source says it received the lead; when it was captured, if it does not say'),
      person,
      at,
    },
    { additionalProperties: false },
  ),
  sealed: 'person',
  tags: (data) => [leadTag(data.leadId), ...data.contactIds.map(contactTag)],
  key: (data) => data.leadId,
  sample: {
    leadId: '7d9e2c0f-6f0a-5c1b-9d5e-0c6f5a1b2c3d' as LeadId,
    source: 'facebook',
    sourceLeadId: 'fb-812',
    contactIds: ['b1c4f6a2-1f0e-4c53-8f9d-3a2b1c0d9e8f' as ContactId],
    group: 'loans',
    status: 'new',
    country: 'DE',
    receivedAt: '2026-01-05T09:00:00.000Z',
    person: {
      firstName: 'Kim',
      lastName: 'Lee',
      email: 'kim@lead.example',
      phone: '+4915112345678',
      attributes: { budget: 5000 },
    },
    at: '2026-01-05T09:00:00.120Z',
  },
});
