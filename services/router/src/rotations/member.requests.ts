import { type MemberSettings, memberSettings, type UserId } from '@lead-rotator/lead-events';
import { type Static, type TSchema, Type } from 'typebox';

const closed = { additionalProperties: false } as const;
const place = Type.Integer({ minimum: 1, description: 'place in the list, from 1' });
const { weight, leadsPerCycle, caps, filter } = memberSettings.properties;

export const addMemberRequest = Type.Object(
  {
    user: Type.String({ minLength: 1, description: 'id or email of a registered user' }),
    place: Type.Optional({ ...place, description: 'place in the list, from 1; default: the end' }),
    ...memberSettings.properties,
  },
  { ...closed, examples: [{ user: 'ann@acme.example', caps: { daily: 10 }, filter: { field: 'country', is: 'DE' } }] },
);
export type AddMemberRequest = Static<typeof addMemberRequest>;

const orNull = <Schema extends TSchema>(schema: Schema) => Type.Optional(Type.Union([schema, Type.Null()]));

export const changeMemberRequest = Type.Object(
  { weight: orNull(weight), leadsPerCycle: orNull(leadsPerCycle), caps: orNull(caps), filter: orNull(filter) },
  {
    ...closed,
    minProperties: 1,
    description: 'what is named becomes new, the rest stays; null takes a setting back',
    examples: [{ weight: 2, caps: { daily: 10 }, filter: { field: 'attributes.language', inMember: 'languages' } }],
  },
);
export type ChangeMemberRequest = Static<typeof changeMemberRequest>;

/** The settings of a member after a change. `paused` has requests of its own. */
export function changedSettings(present: MemberSettings, change: ChangeMemberRequest): MemberSettings {
  const merged = Object.entries({ ...present, ...change });
  return Object.fromEntries(merged.filter(([key, value]) => value !== null && key !== 'paused'));
}

export const moveMemberRequest = Type.Object({ place }, { ...closed, examples: [{ place: 1 }] });
export type MoveMemberRequest = Static<typeof moveMemberRequest>;

export const orderMembersRequest = Type.Object(
  {
    members: Type.Array(Type.Unsafe<UserId>({ type: 'string', minLength: 1 }), {
      uniqueItems: true,
      description: 'the ids of all members, each once, in the order they are to have',
    }),
  },
  { ...closed, examples: [{ members: ['eve', 'ann', 'bob'] }] },
);
export type OrderMembersRequest = Static<typeof orderMembersRequest>;

export const creditMemberRequest = Type.Object(
  { by: Type.Integer({ description: 'so many turns count as had (above 0) or as not had (below 0)' }) },
  { ...closed, examples: [{ by: -2 }] },
);
export type CreditMemberRequest = Static<typeof creditMemberRequest>;
