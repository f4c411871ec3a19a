import { type Static, Type } from 'typebox';

const fields = {
  id: Type.Optional(
    Type.String({ minLength: 1, maxLength: 200, description: 'id of the act: sent twice, it is recorded once' }),
  ),
  by: Type.String({ minLength: 1, maxLength: 320, description: 'the user who did it: id or email' }),
  kind: Type.String({ minLength: 1, maxLength: 50, description: 'email, note, call, sms, task, view, …' }),
  automated: Type.Optional(Type.Boolean({ description: 'done by a program, and so never a claim; false if absent' })),
  occurredAt: Type.Optional(Type.String({ format: 'date-time', description: 'when it was done; now, if absent' })),
};
const closed = { additionalProperties: false } as const;

/** What a user has done about a lead that is named elsewhere, as in `POST /leads/{id}/activities`. */
export const activityOfLead = Type.Object(fields, {
  ...closed,
  examples: [{ by: 'ann', kind: 'call' }],
});
export type ActivityOfLead = Static<typeof activityOfLead>;

/** What a user has done about a lead, as it is sent on `leads.activities`. */
export const inboundActivity = Type.Object(
  {
    leadId: Type.String({ minLength: 1, maxLength: 200, description: 'the lead it was done about' }),
    ...fields,
  },
  closed,
);
export type InboundActivity = Static<typeof inboundActivity>;
