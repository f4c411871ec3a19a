import { awayPeriod, removableProfile, userProfile } from '@lead-rotator/lead-events';
import type { ProfileChange } from '@lead-rotator/rotation';
import { type Static, type TSchema, Type } from 'typebox';

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

const orNull = <Schema extends TSchema>(schema: Schema, without: string) =>
  Type.Optional(Type.Union([schema, Type.Null()], { description: `null: ${without}` }));
const { name, team, sponsor, site, timeZone, hours, ...lasting } = userProfile;

export const changeUserRequest = Type.Object(
  {
    email: Type.Optional(email),
    ...lasting,
    name: orNull(name, 'none'),
    team: orNull(team, 'in no team'),
    sponsor: orNull(sponsor, "in nobody's downline"),
    site: orNull(site, 'none'),
    timeZone: orNull(timeZone, 'that of the organization'),
    hours: orNull(hours, 'always'),
    switchedOn: Type.Optional(Type.Boolean({ description: 'whether they take leads at present, by their own word' })),
  },
  {
    ...closed,
    minProperties: 1,
    examples: [{ name: 'Ann Lee', hours: { 'mon-fri': '09:00-17:00' }, site: null }],
  },
);
export type ChangeUserRequest = Static<typeof changeUserRequest>;

/** The change of a profile that is asked for: null takes back what was known. */
export function profileChangeOf(change: Omit<ChangeUserRequest, 'switchedOn'>): Omit<ProfileChange, 'userId'> {
  const unset = removableProfile.filter((field) => change[field] === null);
  const kept = Object.fromEntries(Object.entries(change).filter(([, value]) => value !== null));
  return { ...kept, ...(unset.length === 0 ? {} : { unset }) };
}

export const moveUserRequest = Type.Object(
  { place: Type.Integer({ minimum: 1, description: 'place on the roster, from 1' }) },
  { ...closed, examples: [{ place: 1 }] },
);
export type MoveUserRequest = Static<typeof moveUserRequest>;

export const planAwayRequest = Type.Object(awayPeriod.properties, {
  ...closed,
  description: 'whole local days, both included, or instants, the last of them not included',
  examples: [{ from: '2026-01-06', to: '2026-01-08' }],
});
export type PlanAwayRequest = Static<typeof planAwayRequest>;
