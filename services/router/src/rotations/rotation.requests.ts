import { caps, claimPolicy, memberSettings, rotationSettings } from '@lead-rotator/lead-events';
import { type Static, Type } from 'typebox';

const closed = { additionalProperties: false } as const;
const name = Type.String({ minLength: 1, maxLength: 200, pattern: '\\S' });
const { strategy: _, claim: __, caps: ___, ...policies } = rotationSettings.properties;

/** The strategies that the rotations of this version can follow; events can name more. */
const strategy = Type.Object({ type: Type.Literal('round-robin') }, closed);
const settings = {
  ...policies,
  strategy: Type.Optional(strategy),
  caps: Type.Optional(caps),
};
const claimExample = { within: 900_000, pauses: [{ days: 'mon-sun', from: '22:00', to: '07:00' }] };

export const createRotationRequest = Type.Object(
  {
    id: Type.Optional(
      Type.String({
        pattern: '^[\\x21-\\x7e]{1,200}$',
        description: 'an id of your own; absent: one is made, the same for the same Idempotency-Key',
      }),
    ),
    name,
    on: Type.Optional(Type.Boolean({ description: 'default true; off: its leads go to number one on the roster' })),
    ...settings,
    claim: Type.Optional(claimPolicy),
  },
  { ...closed, examples: [{ id: 'web', name: 'Web leads', claim: claimExample }] },
);
export type CreateRotationRequest = Static<typeof createRotationRequest>;

export const changeRotationRequest = Type.Object(
  {
    name: Type.Optional(name),
    ...settings,
    claim: Type.Optional(
      Type.Union([claimPolicy, Type.Null()], { description: 'for later turns; null: leads need not be claimed' }),
    ),
  },
  { ...closed, minProperties: 1, examples: [{ claim: { ...claimExample, within: 1_800_000 } }] },
);
export type ChangeRotationRequest = Static<typeof changeRotationRequest>;

const place = Type.Integer({ minimum: 1, description: 'place in the list, from 1' });

export const addMemberRequest = Type.Object(
  {
    user: Type.String({ minLength: 1, description: 'id or email of a registered user' }),
    place: Type.Optional({ ...place, description: 'place in the list, from 1; default: the end' }),
    ...memberSettings.properties,
  },
  { ...closed, examples: [{ user: 'ann@acme.example', caps: { daily: 10 } }] },
);
export type AddMemberRequest = Static<typeof addMemberRequest>;

export const moveMemberRequest = Type.Object({ place }, { ...closed, examples: [{ place: 1 }] });
export type MoveMemberRequest = Static<typeof moveMemberRequest>;
