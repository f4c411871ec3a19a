import fc from 'fast-check';

const users = ['ann', 'bob', 'eve', 'kim', 'tom', 'zoe'];
const rotations = ['r', 's'];
const leads = Array.from({ length: 9 }, (_, index) => `L${index + 1}`);

const user = fc.constantFrom(...users);
const lead = fc.constantFrom(...leads);
const rotation = fc.constantFrom(...rotations);
const caps = fc.record({ hourly: fc.nat(3), daily: fc.nat(6) });
const language = fc.constantFrom('de', 'en', 'fr');

/** What may happen once; much of it will be refused, and then nothing has happened. */
const happening = fc.oneof(
  { weight: 12, arbitrary: fc.record({ source: fc.constantFrom('web', 'ads'), country: language }) },
  { weight: 3, arbitrary: fc.record({ act: fc.record({ lead, by: user, kind: fc.constantFrom('call', 'view') }) }) },
  { weight: 2, arbitrary: fc.record({ decline: fc.record({ lead, by: user }) }) },
  fc.record({ transfer: fc.record({ lead, to: user, by: fc.constant('ann') }) }),
  fc.record({ outcome: fc.record({ lead, is: fc.constantFrom('won', 'lost') }) }),
  fc.record({ reroute: fc.record({ lead }) }),
  fc.record({ pickUp: fc.record({ lead, by: user }) }),
  fc.record({ add: fc.record({ rotation, user, at: fc.integer({ min: 1, max: 2 }) }) }),
  fc.record({ remove: fc.record({ rotation, user }) }),
  fc.record({ move: fc.record({ rotation, user, at: fc.integer({ min: 1, max: 3 }) }) }),
  fc.record({ pause: fc.record({ rotation, user }) }),
  fc.record({ resume: fc.record({ rotation, user }) }),
  fc.record({ switch: fc.record({ user, on: fc.boolean() }) }),
  fc.record({ switch: fc.record({ rotation, on: fc.boolean() }) }),
  fc.record({ deactivate: fc.record({ user }) }),
  fc.record({ activate: fc.record({ user }) }),
);

const member = fc.record(
  {
    user,
    caps,
    paused: fc.boolean(),
    filter: fc.record({ field: fc.constant('country'), in: fc.uniqueArray(language, { minLength: 1 }) }),
  },
  { requiredKeys: ['user'] },
);

const settings = fc.record({
  strategy: fc.constantFrom('round-robin', 'round-robin', 'weighted', 'longest-waiting', 'fewest-assigned'),
  members: fc.uniqueArray(member, { selector: (one) => one.user, maxLength: users.length }),
  makeUp: fc.constantFrom('none', 'one', 'all'),
  whenNobody: fc.constantFrom('unassigned', 'hold', 'ignore-availability', 'owner'),
  refund: fc.boolean(),
  claim: fc.record({ within: fc.constantFrom('10m', '1h', '20h') }),
  caps,
});

const anyUser = fc.record({ hours: fc.constantFrom('09:00-17:00', '22:00-06:00', '00:00-24:00'), maxOpen: fc.nat(9) });

/** A day or two of two rotations, as a scenario file (JSON is YAML): enough to reach every rule of the turn. */
export const anyScenario: fc.Arbitrary<string> = fc
  .record({
    people: fc.array(anyUser, { minLength: users.length, maxLength: users.length }),
    given: fc.tuple(settings, settings),
    steps: fc.array(fc.tuple(fc.integer({ min: 0, max: 45 }), happening), {
      minLength: 10,
      maxLength: 60,
      size: 'max',
    }),
  })
  .map(({ people, given, steps }) => {
    let count = 0;
    const happened = steps.map(([wait, what]) => {
      const at = `+${wait}m`;
      if (!('source' in what)) return { at, ...what };
      count += 1;
      return { at, lead: { id: `L${count}`, ...what } };
    });
    return JSON.stringify({
      title: 'anything',
      timeZone: 'Europe/Berlin',
      users: people.map(({ hours, maxOpen }, index) => ({ id: users[index], hours: { 'mon-sun': hours }, maxOpen })),
      rotations: given.map((one, index) => ({ id: rotations[index], owner: 'ann', ...one })),
      rules: [
        { id: 'ads', when: { field: 'source', is: 'ads' }, to: { rotation: 's' } },
        { id: 'rest', to: { rotation: 'r' } },
      ],
      steps: [...happened, { wait: '3d' }],
    });
  });
