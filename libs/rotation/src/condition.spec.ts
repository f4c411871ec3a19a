import { describe, expect, it } from '@jest/globals';
import type { Condition, LeadId, LeadRotatorEvent } from '@lead-rotator/lead-events';
import fc from 'fast-check';
import { holds, matchesGlob } from './condition.ts';
import { Distribution } from './distribution.ts';
import { evolveDistribution } from './evolve-distribution.ts';
import type { LeadFacts } from './lead-facts.ts';
import { type User, withProfile } from './user.ts';

const at = '2026-01-05T09:00:00.000Z';
const lead: LeadFacts = {
  leadId: 'L' as LeadId,
  source: 'facebook',
  status: 'new',
  receivedAt: Date.parse(at),
  country: 'DE',
  postcode: '20095',
  score: 70,
  attributes: { budget: '5000', language: 'de', topics: ['loan', 'car'], visit: '2026-02-01T10:00:00Z', nothing: null },
};
const ann = withProfile(undefined, {
  userId: 'ann' as never,
  email: 'ann@example.com',
  attributes: { languages: ['de', 'en'], region: 'north' },
  at,
}) as User;

function organization(): Distribution {
  const events: LeadRotatorEvent[] = [
    {
      type: 'CalendarDefined',
      data: { calendarId: 'sales', hours: { 'mon-fri': '09:00-18:00' }, holidays: ['2026-01-06'], at },
    },
    { type: 'TerritoryDefined', data: { territoryId: 'north', condition: { field: 'postcode', startsWith: '2' }, at } },
    { type: 'TerritoryDefined', data: { territoryId: 'all', condition: { field: 'country', is: 'DE' }, at } },
    { type: 'TerritoryDefined', data: { territoryId: 'south', condition: { field: 'postcode', startsWith: '8' }, at } },
  ];
  return events.reduce(evolveDistribution, new Distribution());
}

describe('a condition', () => {
  it.each<[string, Condition, boolean]>([
    ['is', { field: 'source', is: 'facebook' }, true],
    ['is: upper and lower case differ', { field: 'source', is: 'Facebook' }, false],
    ['is, of a list', { field: 'attributes.topics', is: 'car' }, true],
    ['is: a number and the text that writes it', { field: 'postcode', is: 20095 }, true],
    ['in: a text and the number that it writes', { field: 'score', in: ['7', '70'] }, true],
    ['startsWith, of a number', { field: 'postcode', startsWith: 2 as never }, true],
    ['isNot', { field: 'source', isNot: 'facebook' }, false],
    ['isNot, of a missing field', { field: 'region', isNot: 'HH' }, true],
    ['in', { field: 'country', in: ['AT', 'DE'] }, true],
    ['in, of nothing', { field: 'country', in: [] }, false],
    ['startsWith', { field: 'postcode', startsWith: '200' }, true],
    ['contains', { field: 'source', contains: 'book' }, true],
    ['contains, of a list', { field: 'attributes.topics', contains: 'ca' }, false],
    ['matches', { field: 'source', matches: 'f?ce*' }, true],
    ['matches the whole text', { field: 'source', matches: 'face' }, false],
    ['above', { field: 'score', above: 70 }, false],
    ['atLeast', { field: 'score', atLeast: 70 }, true],
    ['below', { field: 'score', below: 70 }, false],
    ['atMost', { field: 'score', atMost: 70 }, true],
    ['a number as text', { field: 'attributes.budget', above: 900 }, true],
    ['a text that is no number', { field: 'attributes.language', above: 1 }, false],
    ['a time', { field: 'receivedAt', atLeast: '2026-01-05T10:00:00+01:00' }, true],
    ['several comparisons', { field: 'score', above: 60, below: 65 }, false],
    ['exists', { field: 'country', exists: true }, true],
    ['exists: false', { field: 'region', exists: false }, true],
    ['null is missing', { field: 'attributes.nothing', exists: true }, false],
    ['a missing field fails', { field: 'region', startsWith: '' }, false],
    ['a missing field fails below too', { field: 'attributes.age', below: 10 }, false],
    ['what every object has is no attribute', { field: 'attributes.constructor', exists: true }, false],
    ['during', { field: 'receivedAt', during: 'sales' }, true],
    ['during, on a holiday', { all: [{ field: 'attributes.visit', during: 'sales' }] }, false],
    ['inMember', { field: 'attributes.language', inMember: 'languages' }, true],
    ['inMember, of one value', { field: 'region', inMember: 'region' }, false],
    ['inMember, of an attribute nobody has', { field: 'country', inMember: 'countries' }, false],
    ['territory', { field: 'territory', is: 'north' }, true],
    ['another territory', { field: 'territory', is: 'south' }, false],
    ['territory isNot holds for all of them', { field: 'territory', isNot: 'all' }, false],
    ['territory in', { field: 'territory', in: ['south', 'all'] }, true],
    ['territory exists', { field: 'territory', exists: false }, false],
    [
      'all',
      {
        all: [
          { field: 'source', is: 'facebook' },
          { field: 'country', is: 'FR' },
        ],
      },
      false,
    ],
    ['all of none', { all: [] }, true],
    [
      'any',
      {
        any: [
          { field: 'source', is: 'x' },
          { field: 'country', is: 'DE' },
        ],
      },
      true,
    ],
    ['any of none', { any: [] }, false],
    ['not', { not: { field: 'source', is: 'x' } }, true],
  ])('%s', (_name, condition, expected) => {
    expect(holds(organization(), condition, lead, ann)).toBe(expected);
  });

  it('matches globs as the regular expression of the same meaning', () => {
    const text = fc.string({ unit: fc.constantFrom('a', 'b', '.'), maxLength: 12 });
    const glob = fc.string({ unit: fc.constantFrom('a', 'b', '.', '*', '?'), maxLength: 8 });
    const asExpression = (given: string) =>
      new RegExp(`^${given.replaceAll('.', '\\.').replaceAll('*', '.*').replaceAll('?', '.')}$`);
    fc.assert(
      fc.property(text, glob, (one, other) => matchesGlob(one, other) === asExpression(other).test(one)),
      { numRuns: 5_000 },
    );
  });
});
