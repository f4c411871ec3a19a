import { type Static, Type } from 'typebox';
import { condition } from './condition.ts';
import { defineEvent } from './define-event.ts';
import { at, rotationId, userId } from './fields.ts';
import type { RotationId, UserId } from './ids.ts';
import { calendar, timeZone } from './schedule.ts';
import { configurationTag } from './tags.ts';

const closed = { additionalProperties: false } as const;
const tags = () => [configurationTag];
const key = () => 'configuration';
const when = '2026-01-05T08:00:00.000Z';

/** Settings of the organization; what is not said stays as it was. */
export const organizationSettings = {
  timeZone: Type.Optional(timeZone),
  country: Type.Optional(Type.String({ description: 'for phone numbers without a prefix' })),
  existingContact: Type.Optional(Type.Enum(['owner', 'route', 'ignore'])),
  preassigned: Type.Optional(Type.Enum(['keep', 'if-unavailable', 'overwrite'])),
};

export const OrganizationSettingsChanged = defineEvent({
  type: 'OrganizationSettingsChanged',
  version: 1,
  about: 'What holds for all rotations is different: what is named is new, the rest is as before.',
  data: Type.Object({ ...organizationSettings, at }, closed),
  tags,
  key,
  sample: { timeZone: 'Europe/Berlin', country: 'DE', existingContact: 'owner', preassigned: 'keep', at: when },
});

export const CalendarDefined = defineEvent({
  type: 'CalendarDefined',
  version: 1,
  about: 'A calendar is new or has other hours.',
  data: Type.Object({ calendarId: Type.String({ minLength: 1 }), ...calendar.properties, at }, closed),
  tags,
  key,
  sample: {
    calendarId: 'sales',
    timeZone: 'Europe/Berlin',
    hours: { 'mon-fri': '09:00-18:00' },
    holidays: ['2026-01-06'],
    at: when,
  },
});

export const CalendarDeleted = defineEvent({
  type: 'CalendarDeleted',
  version: 1,
  about: 'There is no calendar of that name any more; nothing used it.',
  data: Type.Object({ calendarId: Type.String({ minLength: 1 }), at }, closed),
  tags,
  key,
  sample: { calendarId: 'sales', at: when },
});

export const TerritoryDefined = defineEvent({
  type: 'TerritoryDefined',
  version: 1,
  about: 'A named condition is new or says something else.',
  data: Type.Object({ territoryId: Type.String({ minLength: 1 }), condition, at }, closed),
  tags,
  key,
  sample: {
    territoryId: 'north',
    condition: {
      any: [
        { field: 'postcode', startsWith: '2' },
        { field: 'region', in: ['HH', 'SH'] },
      ],
    },
    at: when,
  },
});

export const TerritoryDeleted = defineEvent({
  type: 'TerritoryDeleted',
  version: 1,
  about: 'There is no territory of that name any more; nothing used it.',
  data: Type.Object({ territoryId: Type.String({ minLength: 1 }), at }, closed),
  tags,
  key,
  sample: { territoryId: 'north', at: when },
});

export const PageDefined = defineEvent({
  type: 'PageDefined',
  version: 1,
  about: 'A personal page is new, or its leads go another way.',
  data: Type.Object(
    { pageId: Type.String({ minLength: 1 }), ownerId: userId, rotationId: Type.Optional(rotationId), at },
    closed,
  ),
  tags,
  key,
  sample: { pageId: 'spring', ownerId: 'ann' as UserId, rotationId: 'web' as RotationId, at: when },
});

export const PageDeleted = defineEvent({
  type: 'PageDeleted',
  version: 1,
  about: 'There is no personal page of that name any more: leads that name it go as if they named none.',
  data: Type.Object({ pageId: Type.String({ minLength: 1 }), at }, closed),
  tags,
  key,
  sample: { pageId: 'spring', at: when },
});

/** Where the leads of a rule go. */
export const target = Type.Union([
  Type.Enum(['site-owner', 'page', 'unassigned']),
  Type.Object({ rotation: rotationId }, closed),
  Type.Object({ queue: rotationId }, closed),
  Type.Object({ user: userId }, closed),
  Type.Object({ field: Type.String({ minLength: 1 }) }, closed),
]);
export type Target = Static<typeof target>;

export const rule = Type.Object(
  { id: Type.String({ minLength: 1 }), when: Type.Optional(condition), to: target },
  closed,
);
export type Rule = Static<typeof rule>;

export const RulesPublished = defineEvent({
  type: 'RulesPublished',
  version: 1,
  about: 'These rules, in this order, decide about leads from now on; the last of them has no condition.',
  data: Type.Object(
    { ruleSet: Type.Integer({ minimum: 1, description: 'version of the rule set' }), rules: Type.Array(rule), at },
    closed,
  ),
  tags,
  key,
  sample: {
    ruleSet: 3,
    rules: [
      { id: 'german', when: { field: 'country', in: ['DE', 'AT'] }, to: { rotation: 'web' as RotationId } },
      { id: 'rest', to: 'site-owner' },
    ],
    at: when,
  },
});
