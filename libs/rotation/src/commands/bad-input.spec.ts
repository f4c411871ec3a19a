import { describe, expect, it } from '@jest/globals';
import { isRejected, type Rejection } from '@lead-rotator/event-sourcing';
import type { LeadRotatorEvent, MemberSettings, RotationId, RotationSettings, UserId } from '@lead-rotator/lead-events';
import { Distribution } from '../distribution.ts';
import { evolveDistribution } from '../evolve-distribution.ts';
import { addMember, changeMember, creditMember } from './change-members.ts';
import { changeRotation, createRotation } from './change-rotations.ts';
import { changeUserProfile, planAway, registerUser } from './change-users.ts';
import { defineCalendar, defineTerritory, publishRules } from './define-organization.ts';

type Result = readonly LeadRotatorEvent[] | Rejection;

const at = Date.parse('2026-01-05T09:00:00Z');
const [web, late] = ['web', 'late'] as [RotationId, RotationId];
const [ann, bob, eve] = ['ann', 'bob', 'eve'] as [UserId, UserId, UserId];

function organization(): Distribution {
  const distribution = new Distribution();
  const take = (result: Result) => {
    if (isRejected(result)) throw new Error(JSON.stringify(result));
    for (const event of result) evolveDistribution(distribution, event);
  };
  take(registerUser(distribution, { userId: ann, email: 'ann@example.com' }, at));
  take(registerUser(distribution, { userId: bob, email: 'bob@example.com', sponsor: ann }, at));
  for (const rotationId of [web, late]) take(createRotation(distribution, { rotationId, name: 'Web' }, at));
  take(addMember(distribution, { rotationId: web, user: 'ann' }, at));
  const offers = { type: 'first-to-claim' as const, offerFor: 60_000, otherwise: [{ rotation: web }] };
  take(changeRotation(distribution, late, { strategy: offers }, at));
  return distribution;
}

const member = (settings: MemberSettings) => (of: Distribution) =>
  changeMember(of, { rotationId: web, userId: ann, settings }, at);
const rotation = (change: RotationSettings) => (of: Distribution) => changeRotation(of, web, change, at);
const rule = (when: object) => (of: Distribution) =>
  publishRules(
    of,
    [
      { id: 'first', when: when as never, to: 'page' },
      { id: 'rest', to: 'page' },
    ],
    at,
  );
const claim = { within: 60_000 };
const night = { days: 'mon-sun', from: '22:00', to: '07:00' };
const holiday = { from: '2026-02-02', to: '2026-02-03' };
const always = [
  { days: 'mon-fri', from: '00:00', to: '24:00' },
  { days: 'sat-sun', from: '12:00', to: '12:00' },
  { days: 'sat', from: '00:00', to: '12:00' },
];

describe('a command with bad input', () => {
  it.each<[string, string, string | undefined, (of: Distribution) => Result]>([
    ['a weight below zero', 'invalid', 'weight', member({ weight: -1 })],
    ['a weight of zero', 'invalid', 'weight', member({ weight: 0 })],
    ['a weight of three decimals', 'invalid', 'weight', member({ weight: 33.333 })],
    ['a weight that is no number', 'invalid', 'weight', member({ weight: Number.NaN })],
    ['a weight beyond what whole numbers share out', 'invalid', 'weight', member({ weight: 1e15 })],
    ['more leads per cycle than can be counted', 'invalid', 'leadsPerCycle', member({ leadsPerCycle: 1e20 })],
    [
      'more credit than anybody has turns',
      'invalid',
      'by',
      (of) => creditMember(of, { rotationId: web, userId: ann, by: -1e12 }, at),
    ],
    ['a window beyond all dates', 'invalid', 'claim.within', rotation({ claim: { within: 9e15 } })],
    ['no window', 'invalid', 'claim.within', rotation({ claim: { within: 0 } })],
    ['a warning beyond all dates', 'invalid', 'claim.warnBefore', rotation({ claim: { ...claim, warnBefore: 9e15 } })],
    [
      'an offer beyond all dates',
      'invalid',
      'strategy.offerFor',
      rotation({ strategy: { type: 'first-to-claim', offerFor: 9e15 } }),
    ],
    ['no leads per cycle', 'invalid', 'leadsPerCycle', member({ leadsPerCycle: 0 })],
    ['a cap of a member below zero', 'invalid', 'caps.daily', member({ caps: { daily: -1 } })],
    ['half a lead a day', 'invalid', 'caps.daily', member({ caps: { daily: 0.5 } })],
    ['a cap that nobody knows', 'invalid', 'caps', member({ caps: { daly: 1 } as never })],
    ['a cap of a rotation below zero', 'invalid', 'caps.hourly', rotation({ caps: { hourly: -2 } })],
    [
      'a cap of a user below zero',
      'invalid',
      'caps.monthly',
      (of) => changeUserProfile(of, { userId: ann, caps: { monthly: -1 } }, at),
    ],
    ['a capacity below zero', 'invalid', 'maxOpen', (of) => changeUserProfile(of, { userId: ann, maxOpen: -1 }, at)],
    [
      'hours without any',
      'invalid',
      'hours',
      (of) => registerUser(of, { userId: eve, email: 'eve@example.com', hours: {} }, at),
    ],
    ['hours changed to none', 'invalid', 'hours', (of) => changeUserProfile(of, { userId: ann, hours: {} }, at)],
    [
      'an absence from a day that there is not',
      'invalid',
      'from',
      (of) => planAway(of, { userId: ann, from: '2026-02-30', to: '2026-03-01' }, at),
    ],
    [
      'an absence that ends before it begins',
      'invalid',
      'to',
      (of) => planAway(of, { userId: ann, from: '2026-03-02', to: '2026-03-01' }, at),
    ],
    [
      'a sponsor whom nobody knows',
      'unknown-user',
      'sponsor',
      (of) => registerUser(of, { userId: eve, email: 'eve@example.com', sponsor: 'bobb' as UserId }, at),
    ],
    [
      'a change to a sponsor whom nobody knows',
      'unknown-user',
      'sponsor',
      (of) => changeUserProfile(of, { userId: ann, sponsor: eve }, at),
    ],
    ['a sponsor of their own', 'invalid', 'sponsor', (of) => changeUserProfile(of, { userId: ann, sponsor: ann }, at)],
    ['a circle of sponsors', 'invalid', 'sponsor', (of) => changeUserProfile(of, { userId: ann, sponsor: bob }, at)],
    [
      'an id that is the email of somebody',
      'invalid',
      'userId',
      (of) => registerUser(of, { userId: 'Ann@example.com' as UserId, email: 'eve@example.com' }, at),
    ],
    [
      'a field that no queue can show',
      'invalid',
      'strategy.previewFields.1',
      rotation({ strategy: { type: 'queue-preview', previewFields: ['firstName', 'sourec'] } }),
    ],
    [
      'a segment by an unknown field',
      'invalid',
      'strategy.segment.0',
      rotation({ strategy: { type: 'predictive', seed: 1, segment: ['sourec'] } }),
    ],
    ['a calendar that is not there', 'invalid', 'claim.calendar', rotation({ claim: { ...claim, calendar: 'sales' } })],
    ['a bound that is neither number nor time', 'invalid', '0.when.above', rule({ field: 'score', above: 'much' })],
    [
      'a fallback on a rotation that is not there',
      'unknown-rotation',
      'strategy.then.1.rotation',
      rotation({
        strategy: {
          type: 'first-to-claim',
          offerFor: 60_000,
          otherwise: [{ user: ann }, { rotation: 'no' as RotationId }],
        },
      }),
    ],
    [
      'a fallback on a user whom nobody knows',
      'unknown-user',
      'strategy.then.0.user',
      rotation({ strategy: { type: 'first-to-claim', offerFor: 60_000, otherwise: [{ user: eve }] } }),
    ],
    [
      'a rule for a rotation that is not there',
      'invalid',
      '0.to.rotation',
      (of) => publishRules(of, [{ id: 'one', to: { rotation: 'no' as RotationId } }], at),
    ],
    [
      'a rule for a user whom nobody knows',
      'invalid',
      '0.to.user',
      (of) => publishRules(of, [{ id: 'one', to: { user: eve } }], at),
    ],
    [
      'a member twice',
      'already-member',
      undefined,
      (of) => addMember(of, { rotationId: web, user: 'ANN@example.com' }, at),
    ],
    ['an unknown field', 'invalid', 'filter.all.0.field', member({ filter: { all: [{ field: 'contry', is: 'DE' }] } })],
    ['an unknown field of a rule', 'invalid', '0.when.not.field', rule({ not: { field: 'colour', is: 'red' } })],
    ['an unknown comparison', 'invalid', '0.when.startWith', rule({ field: 'source', startWith: 'x' })],
    ['a comparison with a list', 'invalid', '0.when.is', rule({ field: 'source', is: ['x'] })],
    ['an existence that is neither yes nor no', 'invalid', '0.when.exists', rule({ field: 'source', exists: 'maybe' })],
    [
      'a territory on an unknown field',
      'invalid',
      'field',
      (of) => defineTerritory(of, { territoryId: 'north', condition: { field: 'zip', is: '1' } }, at),
    ],
    ['pauses that cover all time', 'invalid', 'claim.pauses', rotation({ claim: { ...claim, pauses: always } })],
    [
      'a pause on no day, the second of two',
      'invalid',
      'claim.pauses.1.days',
      rotation({ claim: { ...claim, pauses: [night, { ...night, days: 'mon-fry' }] } }),
    ],
    [
      'a pause from no time',
      'invalid',
      'claim.pauses.0.from',
      rotation({ claim: { ...claim, pauses: [{ ...night, from: '8' }] } }),
    ],
    [
      'a pause to no time',
      'invalid',
      'claim.pauses.0.to',
      rotation({ claim: { ...claim, pauses: [{ ...night, to: '24:30' }] } }),
    ],
    [
      'hours of a day that cannot be read',
      'invalid',
      'hours.tue',
      (of) => changeUserProfile(of, { userId: ann, hours: { mon: '09:00-17:00', tue: '9-17' } }, at),
    ],
    [
      'an absence on a day that is not there, the second of two',
      'invalid',
      'away.1',
      (of) => changeUserProfile(of, { userId: ann, away: [holiday, { from: '2026-02-30', to: '2026-03-01' }] }, at),
    ],
    [
      'start-over without a limit',
      'invalid',
      'claim.whenExhausted',
      rotation({ claim: { ...claim, whenExhausted: 'start-over' } }),
    ],
    [
      'a limit below zero',
      'invalid',
      'claim.maxReassignments',
      rotation({ claim: { ...claim, maxReassignments: -1 } }),
    ],
    [
      'fallbacks that come back by another rotation',
      'invalid',
      'strategy.then',
      rotation({ strategy: { type: 'first-to-claim', offerFor: 60_000, otherwise: [{ rotation: late }] } }),
    ],
    [
      'a calendar that is never open',
      'invalid',
      'hours',
      (of) => defineCalendar(of, { calendarId: 'c', hours: {} }, at),
    ],
    [
      'rules without a default',
      'invalid',
      '0.when',
      (of) => publishRules(of, [{ id: 'one', when: { field: 'source', is: 'x' }, to: 'page' }], at),
    ],
    ['no rules at all', 'invalid', '', (of) => publishRules(of, [], at)],
  ])('is refused with its code and place: %s', (_name, code, path, command) => {
    const distribution = organization();
    const before = organization();
    const result = command(distribution);
    expect(isRejected(result) && [result.code, result.facts.path]).toEqual([code, path]);
    expect(distribution).toEqual(before);
  });

  it('is told the word that was probably meant', () => {
    const result = member({ filter: { field: 'contry', is: 'DE' } })(organization());
    expect(isRejected(result) && result.facts).toMatchObject({ found: 'contry', meant: 'country' });
  });

  it('takes percentages that do not add up for shares', () => {
    expect(isRejected(member({ weight: 33.33 })(organization()))).toBe(false);
  });
});
