import { describe, expect, it } from '@jest/globals';
import { runScenario } from './run-scenario.ts';

const withRotation = (settings: string) => `
users: [ann, bob]
rotations:
  - { id: web, members: [ann], ${settings} }
steps: []
`;

describe('a scenario file that cannot be understood', () => {
  it.each([
    ['an unknown key', 'users: [a]\nsteps: []\nuser: b', 'the file: found "user"', 'did you mean "users"?'],
    [
      'a slip in a setting',
      withRotation('stratgy: random'),
      'rotations[0]: found "stratgy"',
      'did you mean "strategy"?',
    ],
    [
      'an unknown strategy',
      withRotation('strategy: round-robbin'),
      'rotations[0].strategy: found "round-robbin"',
      'round-robin',
    ],
    ['a cap below zero', withRotation('caps: { daily: -1 }'), 'rotations[0].caps.daily: found -1', 'from 0 on'],
    [
      'a weight below zero',
      'users: [a]\nrotations: [{ id: r, members: [{ user: a, weight: -1 }] }]\nsteps: []',
      'weight',
      'above 0',
    ],
    [
      'a member twice',
      'users: [a]\nrotations: [{ id: r, members: [a, a] }]\nsteps: []',
      'rotations[0].members[1]',
      'already-member',
    ],
    [
      'an unknown member',
      'users: [a]\nrotations: [{ id: r, members: [b] }]\nsteps: []',
      'rotations[0].members[0]',
      'unknown-user',
    ],
    ['a user twice', 'users: [a, a]\nsteps: []', 'users[1].id: found "a"', 'a is registered'],
    ['a duration', withRotation('claim: { within: 15 }'), 'rotations[0].claim.within: found 15', '15m'],
    [
      'start-over without a limit',
      withRotation('claim: { within: 1h, whenExhausted: start-over }'),
      'claim.whenExhausted',
      'maxReassignments',
    ],
    [
      'team hours without a calendar',
      withRotation('claim: { within: 1h, clock: team-hours }'),
      'rotations[0].claim.calendar: found nothing',
      'team-hours needs a calendar',
    ],
    [
      'a view that claims',
      withRotation('claim: { within: 1h, counts: [view] }'),
      'claim.counts',
      'viewing can never claim',
    ],
    [
      'pauses without end',
      withRotation('claim: { within: 1h, pauses: [{ days: mon-sun, from: "08:00", to: "08:00" }] }'),
      'claim.pauses',
      'all time',
    ],
    [
      'a calendar that is missing',
      withRotation('claim: { within: 1h, clock: team-hours, calendar: x }'),
      'claim.calendar',
      'no calendar x',
    ],
    ['a backup whom nobody knows', withRotation('whenNobody: { backup: zoe }'), 'whenNobody.backup', 'no user zoe'],
    [
      'a queue that is missing',
      withRotation('claim: { within: 1h, onMiss: { queue: x } }'),
      'rotations[0].claim.onMiss.queue: found "x"',
      'no rotation x',
    ],
    [
      'fallbacks that come back',
      withRotation('strategy: { type: first-to-claim, offerFor: 1m, then: [{ rotation: web }] }'),
      'strategy.then',
      'come back to web',
    ],
    [
      'a calendar that is never open',
      'users: [a]\ncalendars: { c: { hours: {} } }\nsteps: []',
      'calendars.c.hours',
      'open at some time',
    ],
    ['a day that is none', 'users: [{ id: a, hours: { monday: "9-5" } }]\nsteps: []', 'users[0].hours', 'is no day'],
    ['a time zone that is none', 'users: [a]\ntimeZone: Europe/Hamburg\nsteps: []', 'timeZone', 'no time zone'],
    [
      'a condition on an unknown field',
      'users: [a]\nrotations: [{ id: r, members: [a] }]\nrules: [{ when: { field: sorce, is: x }, to: { rotation: r } }, { to: { rotation: r } }]\nsteps: []',
      'rules[0].when.field: found "sorce"',
      'did you mean "source"?',
    ],
    [
      'rules without a default',
      'users: [a]\nrotations: [{ id: r, members: [a] }]\nrules: [{ when: { field: source, is: x }, to: { rotation: r } }]\nsteps: []',
      'rules[0].when',
      'the last rule is the default',
    ],
    [
      'inMember in a rule',
      'users: [a]\nrules: [{ when: { field: source, inMember: x }, to: page }, { to: page }]\nsteps: []',
      'rules[0].when.inMember',
      "member's filter",
    ],
    ['steps that go back', 'users: [a]\nsteps: [{ at: 2026-01-05T08:00:00Z, lead: L1 }]', 'steps[0].at', 'not before'],
    ['two things in a step', 'users: [a]\nsteps: [{ lead: L1, wait: 1m }]', 'steps[0]: found "lead, wait"', 'one of'],
    [
      'a pick-up from nowhere',
      'users: [a]\nsteps: [{ pickUp: { by: a } }]',
      'steps[0].pickUp: found nothing',
      'one of lead, queue',
    ],
    [
      'a switch of two things',
      'users: [a]\nrotations: [{ id: r }]\nsteps: [{ switch: { rotation: r, user: a, on: true } }]',
      'steps[0].switch: found "rotation, user"',
      'one of rotation, user',
    ],
    [
      'an unknown step',
      'users: [a]\nsteps: [{ transfr: { lead: L1, to: a } }]',
      'steps[0]: found "transfr"',
      'did you mean "transfer"?',
    ],
    [
      'an unknown refusal',
      'users: [a]\nsteps: [{ refused: unknown-usr, deactivate: { user: b } }]',
      'steps[0].refused',
      'unknown-user',
    ],
    [
      'a rotation twice',
      'users: [a]\nrotations: [{ id: r }, { id: r }]\nsteps: []',
      'rotations[1].id: found "r"',
      'r exists',
    ],
    [
      'a day that there is not',
      'users: [{ id: a, away: [{ from: 2026-02-30, to: 2026-03-02 }] }]\nsteps: []',
      'users[0].away',
      '2026-02-30 is neither a date',
    ],
    ['a country that is none', 'users: [a]\ncountry: Germany\nsteps: []', 'country: found "Germany"', 'like DE'],
    [
      'an unknown sponsor',
      'users: [{ id: ann, sponsor: bobb }, bob]\nsteps: []',
      'users[0].sponsor: found "bobb"',
      'did you mean "bob"?',
    ],
    ['a sponsor of their own', 'users: [{ id: ann, sponsor: ann }]\nsteps: []', 'users[0].sponsor', 'another user'],
    [
      'a circle of sponsors',
      'users: [{ id: ann, sponsor: bob }, { id: bob, sponsor: ann }]\nsteps: []',
      'users[1].sponsor: found "ann"',
      'none below bob',
    ],
    ['hours without any', 'users: [{ id: a, hours: {} }]\nsteps: []', 'users[0].hours: found {}', 'at some time'],
    [
      'a preview of what is no field',
      withRotation('strategy: { type: queue-preview, previewFields: [source, nonsense] }'),
      'rotations[0].strategy.previewFields[1]: found "nonsense"',
      'is no field of a lead',
    ],
    [
      'an unknown notice',
      'users: [a]\nsteps: []\nexpect: { notices: { L1: [nobody-eligble] } }',
      'expect.notices.L1[0]: found "nobody-eligble"',
      'did you mean "nobody-eligible"?',
    ],
    [
      'an unknown reason',
      'users: [a]\nsteps: []\nexpect: { skipped: { L1: { a: caped-daily } } }',
      'expect.skipped.L1.a: found "caped-daily"',
      'did you mean "capped-daily"?',
    ],
    ['what is no YAML', 'users: [a', 'the file', 'YAML'],
    ['no users', 'steps: []', 'users: found nothing', 'a list'],
  ])('says where, what and what is allowed: %s', (_name, yaml, where, allowed) => {
    expect(() => runScenario(yaml)).toThrow(where);
    expect(() => runScenario(yaml)).toThrow(allowed);
  });
});
