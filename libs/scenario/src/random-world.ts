import fc from 'fast-check';

const users = ['a', 'b', 'c', 'd', 'e'];
const user = fc.constantFrom(...users);
const minutes = (least: number, most: number) => fc.integer({ min: least, max: most }).map((count) => `${count}m`);

const hours = fc.constantFrom({ 'mon-fri': '09:00-17:00' }, { 'mon-sun': '22:00-06:00' }, { mon: '09:10-09:40' });
const person = (id: string) =>
  fc.record(
    {
      id: fc.constant(id),
      hours,
      timeZone: fc.constantFrom('UTC', 'Europe/Berlin', 'America/New_York'),
      caps: fc.record({ daily: fc.integer({ min: 1, max: 6 }) }),
      maxOpen: fc.integer({ min: 1, max: 4 }),
      permissions: fc.constant(['pick-up']),
      attributes: fc.constant({ languages: ['de', id] }),
    },
    { requiredKeys: ['id'] },
  );

const caps = fc.record(
  {
    hourly: fc.integer({ min: 0, max: 3 }),
    daily: fc.integer({ min: 0, max: 4 }),
    monthly: fc.integer({ min: 0, max: 9 }),
  },
  { requiredKeys: [] },
);

const member = (id: string) =>
  fc.record(
    {
      user: fc.constant(id),
      weight: fc.integer({ min: 1, max: 5 }),
      leadsPerCycle: fc.integer({ min: 1, max: 3 }),
      caps,
      filter: fc.constantFrom<object>(
        { field: 'country', is: 'DE' },
        { field: 'attributes.language', inMember: 'languages' },
        { not: { field: 'country', is: 'DE' } },
      ),
    },
    { requiredKeys: ['user'] },
  );

/** An object written with a `then` is taken for a promise. */
const offering = (offerFor: string, fallbacks: readonly object[]): object =>
  Object.fromEntries([
    ['type', 'first-to-claim'],
    ['offerFor', offerFor],
    ['then', fallbacks],
  ]);

/** Every strategy, by the name that a file gives it. */
const strategies: readonly object[] = [
  { type: 'round-robin' },
  { type: 'longest-waiting' },
  { type: 'longest-waiting', scope: 'organization' },
  { type: 'random', seed: 7, noRepeat: true },
  { type: 'weighted' },
  { type: 'priority-tier' },
  { type: 'priority-tier', order: 'in-a-row' },
  { type: 'fewest-open' },
  { type: 'fewest-open', by: 'share' },
  { type: 'fewest-assigned', period: 'day' },
  { type: 'predictive', seed: 3, guard: 0.3 },
  { type: 'first-to-claim', offerFor: '7m' },
  offering('7m', [{ rotation: 's' }, { user: 'a' }]),
  { type: 'queue-hidden' },
  { type: 'manual', assignee: 'b' },
];

const claim = fc.record(
  {
    within: minutes(5, 40),
    pauses: fc.constant([{ days: 'mon-sun', from: '09:30', to: '10:00' }]),
    onMiss: fc.constantFrom<string | object>('reassign', 'notify', 'unassign', { queue: 'r' }, { queue: 's' }),
    maxReassignments: fc.integer({ min: 1, max: 3 }),
    whenExhausted: fc.constantFrom<string | object>('keep', 'start-over', 'unassigned', { backup: 'c' }),
    pauseAfterMisses: fc.integer({ min: 1, max: 2 }),
    warnBefore: minutes(1, 4),
    clock: fc.constantFrom('wall', 'member-hours'),
  },
  { requiredKeys: ['within', 'maxReassignments'] },
);

const rotation = fc.record(
  {
    id: fc.constant('r'),
    strategy: fc.constantFrom(...strategies),
    members: fc.tuple(...users.map(member)).chain((members) => fc.shuffledSubarray(members, { minLength: 1 })),
    caps,
    whenNobody: fc.constantFrom<string | object>('unassigned', 'hold', 'hold', 'ignore-availability', { backup: 'd' }),
    makeUp: fc.constantFrom('none', 'one', 'all'),
    refund: fc.boolean(),
    claim,
  },
  { requiredKeys: ['id', 'members', 'strategy'] },
);

/** Another one of the same people, to which leads of the first may go on. */
const other = fc.record(
  {
    id: fc.constant('s'),
    strategy: fc.constantFrom<object>(
      { type: 'round-robin' },
      { type: 'longest-waiting', scope: 'organization' },
      { type: 'fewest-open' },
      { type: 'queue-hidden' },
      offering('11m', [{ queue: 'r' }]),
    ),
    members: fc.shuffledSubarray(users.map((id) => ({ user: id }))),
    caps,
    whenNobody: fc.constantFrom('unassigned', 'hold'),
    claim: fc.record({ within: minutes(5, 40) }),
  },
  { requiredKeys: ['id', 'members', 'strategy'] },
);
const french = { id: 'french', when: { field: 'country', is: 'FR' }, to: { rotation: 's' } };
const rest = { id: 'rest', to: { rotation: 'r' } };

const lead = fc.integer({ min: 1, max: 12 }).map((number) => `L${number}`);
const facts = {
  country: fc.constantFrom('DE', 'FR'),
  attributes: fc.record({ language: fc.constantFrom('de', 'a', 'b', 'x') }),
};
/** Most are of somebody new, and have their turn. */
const newLead = fc.oneof(
  { weight: 8, arbitrary: fc.record(facts, { requiredKeys: [] }) },
  fc.record({ ...facts, email: fc.constantFrom('kim@lead.example', 'lee@lead.example') }, { requiredKeys: ['email'] }),
  fc.record({ ...facts, owner: user }, { requiredKeys: ['owner'] }),
);

const happening = fc.oneof(
  { weight: 14, arbitrary: fc.record({ lead: newLead }) },
  { weight: 2, arbitrary: fc.record({ act: fc.record({ lead, by: user, kind: fc.constantFrom('call', 'view') }) }) },
  fc.record({ decline: fc.record({ lead, by: user }) }),
  fc.record({ pickUp: fc.record({ lead, by: user }) }),
  fc.record({ transfer: fc.record({ lead, to: user }) }),
  fc.record({ reroute: fc.record({ lead }) }),
  fc.record({ outcome: fc.record({ lead, is: fc.constantFrom('won', 'lost') }) }),
  fc.record({ pause: fc.record({ rotation: fc.constantFrom('r', 's'), user }) }),
  { weight: 2, arbitrary: fc.record({ resume: fc.record({ rotation: fc.constantFrom('r', 's'), user }) }) },
  fc.record({ add: fc.record({ rotation: fc.constant('r'), user, at: fc.constant(1) }) }),
  fc.record({ remove: fc.record({ rotation: fc.constant('r'), user }) }),
  fc.record({ move: fc.record({ rotation: fc.constant('r'), user, at: fc.constant(1) }) }),
  fc.record({ deactivate: fc.record({ user }) }),
  { weight: 2, arbitrary: fc.record({ activate: fc.record({ user }) }) },
  fc.record({ switch: fc.record({ rotation: fc.constantFrom('r', 's'), on: fc.boolean() }) }),
  fc.record({ credit: fc.record({ rotation: fc.constant('r'), user, by: fc.integer({ min: -2, max: 2 }) }) }),
  fc.record({ change: fc.record({ rotation: fc.constant('r'), strategy: fc.constantFrom(...strategies) }) }),
  fc.record({ wait: minutes(1, 600) }),
);

/** Scenarios in which anything may happen; steps that are refused are part of it. */
export const randomWorld = fc
  .record({
    users: fc.tuple(...users.map(person)),
    rotation,
    other,
    rules: fc.option(fc.constant([french, rest]), { nil: undefined }),
    // Without a size, arrays have ten elements more than the least.
    steps: fc.array(fc.tuple(minutes(0, 20), happening), { minLength: 5, maxLength: 60, size: 'max' }),
  })
  .map(({ users: people, rotation: first, other: second, rules, steps }) => {
    let leads = 0;
    return {
      users: people,
      rotations: [first, second] as const,
      ...(rules === undefined ? {} : { rules }),
      steps: steps.map(([after, step]) => {
        if (!('lead' in step)) return { at: `+${after}`, ...step };
        leads += 1;
        return { at: `+${after}`, lead: { id: `L${leads}`, ...step.lead } };
      }),
    };
  });
