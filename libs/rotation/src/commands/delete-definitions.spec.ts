import { describe, expect, it } from '@jest/globals';
import { isRejected, type Rejection } from '@lead-rotator/event-sourcing';
import type { Condition, LeadRotatorEvent, RotationId, UserId } from '@lead-rotator/lead-events';
import { Distribution } from '../distribution.ts';
import { evolveDistribution } from '../evolve-distribution.ts';
import { addMember } from './change-members.ts';
import { createRotation } from './change-rotations.ts';
import { registerUser } from './change-users.ts';
import { defineCalendar, definePage, defineTerritory, publishRules } from './define-organization.ts';
import { deleteDefinition } from './delete-definitions.ts';

type Result = readonly LeadRotatorEvent[] | Rejection;

const at = Date.parse('2026-01-05T09:00:00Z');
const web = 'web' as RotationId;
const ann = 'ann' as UserId;

/** With a calendar, a territory and a page, and whatever uses them. */
function organization(...uses: readonly ((distribution: Distribution) => Result)[]): Distribution {
  const distribution = new Distribution();
  const given: readonly ((distribution: Distribution) => Result)[] = [
    (state) => registerUser(state, { userId: ann, email: 'ann@example.com' }, at),
    (state) => defineCalendar(state, { calendarId: 'sales', hours: { 'mon-fri': '09:00-18:00' } }, at),
    (state) => defineTerritory(state, { territoryId: 'north', condition: { field: 'postcode', startsWith: '2' } }, at),
    (state) => createRotation(state, { rotationId: web, name: 'Web' }, at),
    (state) => definePage(state, { pageId: 'spring', ownerId: ann, rotationId: web }, at),
    ...uses,
  ];
  for (const decide of given) {
    const result = decide(distribution);
    if (isRejected(result)) throw new Error(JSON.stringify(result));
    for (const event of result) evolveDistribution(distribution, event);
  }
  return distribution;
}

const ruled = (when: Condition) => (state: Distribution) =>
  publishRules(
    state,
    [
      { id: 'special', when, to: { rotation: web } },
      { id: 'rest', to: 'unassigned' },
    ],
    at,
  );
const filtered = (filter: Condition) => (state: Distribution) =>
  addMember(state, { rotationId: web, user: 'ann', settings: { filter } }, at);
const inHours = (state: Distribution) => {
  const claim = { within: 60_000, clock: 'team-hours' as const, calendar: 'sales' };
  return createRotation(state, { rotationId: 'late' as RotationId, name: 'Late', settings: { claim } }, at);
};
const day = (state: Distribution) =>
  defineTerritory(state, { territoryId: 'day', condition: { field: 'receivedAt', during: 'sales' } }, at);

const sales = { kind: 'calendar', id: 'sales' } as const;
const north = { kind: 'territory', id: 'north' } as const;
const spring = { kind: 'page', id: 'spring' } as const;

describe('what nothing uses', () => {
  it.each([
    [sales, { type: 'CalendarDeleted', data: { calendarId: 'sales', at: '2026-01-05T09:00:00.000Z' } }],
    [north, { type: 'TerritoryDeleted', data: { territoryId: 'north', at: '2026-01-05T09:00:00.000Z' } }],
    [spring, { type: 'PageDeleted', data: { pageId: 'spring', at: '2026-01-05T09:00:00.000Z' } }],
  ])('can be deleted: %j', (definition, event) => {
    const distribution = organization();
    expect(deleteDefinition(distribution, definition, at)).toEqual([event]);
    evolveDistribution(distribution, event as LeadRotatorEvent);
    const { calendars, territories, pages } = distribution;
    const left = { calendar: calendars, territory: territories, page: pages }[definition.kind];
    expect(left.has(definition.id)).toBe(false);
  });

  it('is not there twice to be deleted', () => {
    expect(deleteDefinition(organization(), { kind: 'calendar', id: 'none' }, at)).toEqual([]);
  });
});

describe('what something uses is not deleted, and the refusal names what uses it', () => {
  it.each([
    ['a rule', sales, ruled({ not: { field: 'receivedAt', during: 'sales' } }), { kind: 'rule', id: 'special' }],
    ['a claim window', sales, inHours, { kind: 'rotation', id: 'late' }],
    ['a territory', sales, day, { kind: 'territory', id: 'day' }],
    [
      'a member',
      sales,
      filtered({ all: [{ field: 'receivedAt', during: 'sales' }] }),
      { kind: 'member', rotationId: 'web', id: 'ann' },
    ],
    ['a rule', north, ruled({ any: [{ field: 'territory', in: ['north'] }] }), { kind: 'rule', id: 'special' }],
    [
      'a member',
      north,
      filtered({ field: 'territory', isNot: 'north' }),
      { kind: 'member', rotationId: 'web', id: 'ann' },
    ],
    ['a rule', spring, ruled({ field: 'page', is: 'spring' }), { kind: 'rule', id: 'special' }],
  ])('%s uses %j', (_, definition, use, usedBy) => {
    expect(deleteDefinition(organization(use), definition, at)).toEqual(
      expect.objectContaining({ code: 'in-use', facts: { ...definition, usedBy: [usedBy], more: 0 } }),
    );
  });

  it('does not take what has the same name for it', () => {
    const distribution = organization(ruled({ field: 'source', in: ['sales', 'north', 'spring'] }));
    for (const definition of [sales, north, spring]) {
      expect(isRejected(deleteDefinition(distribution, definition, at))).toBe(false);
    }
  });
});
