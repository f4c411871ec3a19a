import { type Static, Type } from 'typebox';

const text = (description: string, maxLength = 500) =>
  Type.Optional(Type.String({ minLength: 1, maxLength, description }));

export const exampleLead = {
  source: 'facebook',
  id: 'fb-812',
  firstName: 'Kim',
  email: 'kim@lead.example',
  country: 'DE',
};

/** A lead as a source sends it, over HTTP or on `leads.inbound`. A field that is null or blank counts as not there. */
export const inboundLead = Type.Object(
  {
    id: text('what the source calls it: the same id from the same source is the same lead', 200),
    source: Type.String({ minLength: 1, maxLength: 200, description: 'the system or campaign it comes from' }),
    firstName: text('given name'),
    lastName: text('family name'),
    email: Type.Optional(
      Type.String({ maxLength: 320, pattern: '^\\s*[^\\s@]+@[^\\s@]+\\s*$', description: 'email address' }),
    ),
    phone: text('phone number, best in international form: +4915112345678', 50),
    country: text('country, as in DE'),
    region: text('state or province'),
    postcode: text('postal code'),
    site: text('the site it came from'),
    page: text('the personal page it came from'),
    group: text('kind of enquiry'),
    status: text('pipeline step; `new` if absent'),
    score: Type.Optional(Type.Number({ description: 'qualification, the higher the better' })),
    owner: text('the user it belongs to already: id or email', 320),
    attributes: Type.Optional(
      Type.Record(Type.String(), Type.Unknown(), { description: 'anything else that is known of it' }),
    ),
    receivedAt: Type.Optional(
      Type.String({ format: 'date-time', description: 'when the source received it; now, if absent' }),
    ),
  },
  {
    additionalProperties: false,
    anyOf: [{ required: ['email'] }, { required: ['phone'] }],
    examples: [exampleLead],
  },
);
export type InboundLead = Static<typeof inboundLead>;
