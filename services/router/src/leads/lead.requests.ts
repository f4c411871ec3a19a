import { type Static, Type } from 'typebox';

const closed = { additionalProperties: false } as const;
const user = { minLength: 1, maxLength: 320 } as const;
const to = Type.String({ ...user, description: 'the new owner: id or email' });
const giver = Type.Optional(
  Type.String({
    ...user,
    description: 'who gives it: its owner, a manager or an admin, by id or email; default: X-Actor',
  }),
);
/** Who wants it: id or email of a user. */
const by = Type.Optional(Type.String({ ...user, description: 'who does it: id or email; default: X-Actor' }));

export const handOverRequest = Type.Object({ to, by: giver }, { ...closed, examples: [{ to: 'bob', by: 'ann' }] });
export type HandOverRequest = Static<typeof handOverRequest>;

/** At most so many leads are given with one request. */
export const mostHandedOver = 1_000;

export const handOverManyRequest = Type.Object(
  {
    leads: Type.Array(Type.String({ minLength: 1, maxLength: 200 }), {
      minItems: 1,
      maxItems: mostHandedOver,
      description: 'ids of the leads, given in this order',
    }),
    to,
    by: giver,
  },
  { ...closed, examples: [{ leads: ['67cfd829-e890-51ef-b298-583e7ec90017'], to: 'bob', by: 'mia' }] },
);
export type HandOverManyRequest = Static<typeof handOverManyRequest>;

export const byWhomRequest = Type.Object({ by }, { ...closed, examples: [{ by: 'ann' }] });
export type ByWhomRequest = Static<typeof byWhomRequest>;

export const outcomeRequest = Type.Object(
  { is: Type.Enum(['won', 'lost']), by },
  { ...closed, examples: [{ is: 'won', by: 'ann' }] },
);
export type OutcomeRequest = Static<typeof outcomeRequest>;

export const statusRequest = Type.Object(
  { is: Type.String({ minLength: 1, maxLength: 200, pattern: '\\S', description: 'the step of the pipeline' }), by },
  { ...closed, examples: [{ is: 'contacted', by: 'ann' }] },
);
export type StatusRequest = Static<typeof statusRequest>;
