import { Type } from 'typebox';
import { caps } from './caps.ts';
import { defineEvent } from './define-event.ts';
import { at, userId } from './fields.ts';
import type { UserId } from './ids.ts';
import { awayPeriod, timeZone, weekHours } from './schedule.ts';
import { configurationTag } from './tags.ts';

const closed = { additionalProperties: false } as const;
const tags = () => [configurationTag];
const key = () => 'configuration';
const bob = 'bob' as UserId;

/** What is known of a user; in a change, what is not said stays as it was. */
export const userProfile = {
  name: Type.Optional(Type.String()),
  plan: Type.Optional(Type.Enum(['basic', 'complete'])),
  roles: Type.Optional(Type.Array(Type.Enum(['admin', 'manager', 'agent']))),
  permissions: Type.Optional(Type.Array(Type.String({ description: 'pick-up, …' }))),
  team: Type.Optional(Type.String()),
  sponsor: Type.Optional(userId),
  site: Type.Optional(Type.String({ description: 'their subdomain site' })),
  timeZone: Type.Optional(timeZone),
  hours: Type.Optional(weekHours),
  away: Type.Optional(Type.Array(awayPeriod)),
  attributes: Type.Optional(Type.Record(Type.String(), Type.Unknown())),
  caps: Type.Optional(caps),
  maxOpen: Type.Optional(Type.Integer({ minimum: 0, description: 'open leads at most; 0: no limit' })),
};

/** What a user need not have. */
export const removableProfile = ['name', 'team', 'sponsor', 'site', 'timeZone', 'hours'] as const;
export type RemovableProfile = (typeof removableProfile)[number];

const profileSample = {
  name: 'Bob',
  plan: 'complete' as const,
  roles: ['agent' as const],
  permissions: ['pick-up'],
  team: 'north',
  sponsor: 'ann' as UserId,
  site: 'bob.acme.example',
  timeZone: 'Europe/Berlin',
  hours: { 'mon-fri': '09:00-17:00' },
  away: [{ from: '2026-01-06', to: '2026-01-08' }],
  attributes: { languages: ['de', 'en'] },
  caps: { daily: 10 },
  maxOpen: 20,
};

export const UserRegistered = defineEvent({
  type: 'UserRegistered',
  version: 1,
  about: 'Somebody can own leads from now on, and stands at the end of the roster.',
  data: Type.Object({ userId, email: Type.String(), ...userProfile, at }, closed),
  tags,
  key,
  sample: { userId: bob, email: 'bob@acme.example', ...profileSample, at: '2026-01-05T08:00:00.000Z' },
});

export const UserProfileChanged = defineEvent({
  type: 'UserProfileChanged',
  version: 2,
  about: 'Something about a user is different: what is named is new, the rest is as before.',
  data: Type.Object(
    {
      userId,
      email: Type.Optional(Type.String()),
      ...userProfile,
      unset: Type.Optional(
        Type.Array(Type.Enum([...removableProfile]), { description: 'these are as if they had never been set' }),
      ),
      at,
    },
    closed,
  ),
  tags,
  key,
  // A copy that does not know `unset` must not go on as if nothing had been taken back.
  upcasts: [(data) => data],
  sample: {
    userId: bob,
    email: 'bob@acme.example',
    plan: 'basic',
    unset: ['team', 'site', 'hours'],
    at: '2026-01-05T08:00:00.000Z',
  },
});

export const UserMoved = defineEvent({
  type: 'UserMoved',
  version: 1,
  about: 'A user stands at another place on the roster, whose first active user is number one.',
  data: Type.Object(
    { userId, place: Type.Integer({ minimum: 1, description: 'place on the roster, from 1' }), at },
    closed,
  ),
  tags,
  key,
  sample: { userId: bob, place: 1, at: '2026-01-05T08:00:00.000Z' },
});

const aboutUser = <const Name extends string>(type: Name, about: string) =>
  defineEvent({
    type,
    version: 1,
    about,
    data: Type.Object({ userId, at }, closed),
    tags,
    key,
    sample: { userId: bob, at: '2026-01-05T08:00:00.000Z' },
  });

export const UserDeactivated = aboutUser('UserDeactivated', 'A user gets no leads any more and counts as nobody.');
export const UserActivated = aboutUser('UserActivated', 'A user who was inactive is back.');
export const UserSwitchedOn = aboutUser('UserSwitchedOn', 'A user has said that they take leads.');
export const UserSwitchedOff = aboutUser('UserSwitchedOff', 'A user has said that they take no leads for now.');

export const UserAwayPlanned = defineEvent({
  type: 'UserAwayPlanned',
  version: 1,
  about: 'A user will be away, in addition to what was planned before.',
  data: Type.Object({ userId, ...awayPeriod.properties, at }, closed),
  tags,
  key,
  sample: { userId: bob, from: '2026-01-06', to: '2026-01-08', at: '2026-01-05T08:00:00.000Z' },
});
