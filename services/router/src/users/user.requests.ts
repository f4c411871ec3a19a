import { awayPeriod, userProfile } from '@lead-rotator/lead-events';
import { type Static, Type } from 'typebox';

const closed = { additionalProperties: false } as const;
const email = Type.String({
  pattern: '^[^\\s@]+@[^\\s@]+$',
  maxLength: 320,
  description: 'unique; may stand for the id',
});

export const registerUserRequest = Type.Object(
  {
    id: Type.Optional(
      Type.String({
        pattern: '^[\\x21-\\x7e]{1,200}$',
        description: 'an id of your own; absent: one is made, the same for the same Idempotency-Key',
      }),
    ),
    email,
    ...userProfile,
  },
  { ...closed, examples: [{ id: 'ann', email: 'ann@acme.example', name: 'Ann', timeZone: 'Europe/Berlin' }] },
);
export type RegisterUserRequest = Static<typeof registerUserRequest>;

export const changeUserRequest = Type.Object(
  {
    email: Type.Optional(email),
    ...userProfile,
    switchedOn: Type.Optional(Type.Boolean({ description: 'whether they take leads at present, by their own word' })),
  },
  {
    ...closed,
    minProperties: 1,
    examples: [{ name: 'Ann Lee', hours: { 'mon-fri': '09:00-17:00' } }],
  },
);
export type ChangeUserRequest = Static<typeof changeUserRequest>;

export const planAwayRequest = Type.Object(awayPeriod.properties, {
  ...closed,
  description: 'whole local days, both included, or instants, the last of them not included',
  examples: [{ from: '2026-01-06', to: '2026-01-08' }],
});
export type PlanAwayRequest = Static<typeof planAwayRequest>;
