import type { MemberSettings, RotationSettings, Strategy, UserId } from '@lead-rotator/lead-events';
import fc from 'fast-check';
import type { NewUser } from '../commands/change-users.ts';

/** Something that happens to one of two rotations or to a user, by their number; or a lead that comes. */
export type TeamStep =
  | { readonly lead: { country: string; unsuited: number[]; rotation: number; fork: boolean } }
  | { readonly open: number; readonly by: 1 | -1 }
  | { readonly refund: number }
  | { readonly user: number; readonly as: 'active' | 'inactive' | 'on' | 'off' | 'away' | 'busy' | 'free' }
  | { readonly member: number; readonly rotation: number; readonly does: MemberStep; readonly place: number }
  | { readonly rotation: number; readonly change: RotationSettings };

export type MemberStep = 'join' | 'leave' | 'move' | 'pause' | 'resume' | 'credit' | 'change';

export interface RandomTeam {
  readonly users: readonly NewUser[];
  readonly rotations: readonly { readonly settings: RotationSettings; readonly members: readonly MemberSettings[] }[];
  /** Minutes after the step before, and what happens then. */
  readonly steps: readonly (readonly [after: number, step: TeamStep])[];
}

const hours = fc.constantFrom<Record<string, string>>(
  { 'mon-fri': '09:00-17:00' },
  { 'mon-sun': '22:00-06:00' },
  { 'mon-sun': '00:00-02:30', sat: '03:10-24:00' },
);
const caps = fc.record(
  {
    hourly: fc.integer({ min: 0, max: 2 }),
    daily: fc.integer({ min: 0, max: 4 }),
    weekly: fc.integer({ min: 0, max: 9 }),
    monthly: fc.integer({ min: 0, max: 20 }),
  },
  { requiredKeys: [] },
);
const timeZone = fc.constantFrom('UTC', 'Europe/Berlin', 'America/New_York', 'Asia/Kolkata');

const profile = fc.record(
  {
    hours,
    timeZone,
    caps,
    maxOpen: fc.integer({ min: 1, max: 3 }),
    attributes: fc.record({ countries: fc.subarray(['DE', 'FR']) }),
  },
  { requiredKeys: [] },
);
const user = (number: number): fc.Arbitrary<NewUser> =>
  fc.oneof({ weight: 2, arbitrary: fc.constant({}) }, { weight: 3, arbitrary: profile }).map((own) => ({
    userId: `u${number}` as UserId,
    email: `u${number}@example.com`,
    ...own,
  }));

const memberSettings: fc.Arbitrary<MemberSettings> = fc.oneof(
  { weight: 2, arbitrary: fc.constant({}) },
  {
    weight: 3,
    arbitrary: fc.record(
      {
        weight: fc.constantFrom(1, 2, 5, 33.33),
        leadsPerCycle: fc.integer({ min: 1, max: 3 }),
        caps,
        filter: fc.constantFrom<object>(
          { field: 'country', is: 'DE' },
          { not: { field: 'country', is: 'DE' } },
          { field: 'country', inMember: 'countries' },
        ),
      },
      { requiredKeys: [] },
    ) as fc.Arbitrary<MemberSettings>,
  },
);

/** Every strategy that chooses by itself, with its variants. */
const choosingStrategies: readonly Strategy[] = [
  { type: 'round-robin' },
  { type: 'longest-waiting' },
  { type: 'longest-waiting', scope: 'organization' },
  { type: 'random', seed: 7 },
  { type: 'random', seed: 8, noRepeat: true },
  { type: 'weighted' },
  { type: 'priority-tier' },
  { type: 'priority-tier', order: 'in-a-row' },
  { type: 'fewest-open' },
  { type: 'fewest-open', by: 'share' },
  { type: 'fewest-assigned' },
  { type: 'fewest-assigned', period: 'day' },
  { type: 'fewest-assigned', period: 'ever' },
];

const strategy = fc.constantFrom(...choosingStrategies);

const settings = fc.record(
  {
    strategy,
    caps,
    timeZone,
    makeUp: fc.constantFrom('none', 'one', 'all'),
    whenNobody: fc.constantFrom('unassigned', 'ignore-availability'),
  },
  { requiredKeys: ['strategy'] },
) as fc.Arbitrary<RotationSettings>;

/** Counts of windows are kept by the time zone in which they were counted; a change of it is not among the steps. */
const withoutZone = ({ timeZone: _, ...rest }: RotationSettings): RotationSettings => rest;

const number = fc.nat({ max: 200 });
const rotation = fc.nat({ max: 1 });
const step: fc.Arbitrary<TeamStep> = fc.oneof(
  {
    weight: 14,
    arbitrary: fc.record({
      lead: fc.record({
        country: fc.constantFrom('DE', 'FR'),
        unsuited: fc.oneof({ weight: 3, arbitrary: fc.constant([]) }, fc.array(number, { maxLength: 4 })),
        rotation,
        fork: fc.boolean(),
      }),
    }),
  },
  { weight: 2, arbitrary: fc.record({ open: number, by: fc.constantFrom(1 as const, -1 as const) }) },
  fc.record({ refund: number }),
  {
    weight: 2,
    arbitrary: fc.record({
      user: number,
      as: fc.constantFrom('active', 'inactive', 'on', 'off', 'away', 'busy', 'free'),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      member: number,
      rotation,
      does: fc.constantFrom('join', 'leave', 'move', 'pause', 'resume', 'credit', 'change'),
      place: number,
    }),
  },
  fc.record({
    rotation,
    change: fc.oneof(settings.map(withoutZone), fc.record({ caps })) as fc.Arbitrary<RotationSettings>,
  }),
) as fc.Arbitrary<TeamStep>;

const after = fc.oneof(
  { weight: 4, arbitrary: fc.nat({ max: 10 }) },
  { weight: 2, arbitrary: fc.nat({ max: 300 }) },
  { weight: 1, arbitrary: fc.nat({ max: 5_000 }) },
);

const teamOf = (size: number, steps: number): fc.Arbitrary<RandomTeam> =>
  fc.record({
    users: fc.tuple(...Array.from({ length: size }, (_, index) => user(index))),
    rotations: fc.tuple(
      ...[0, 1].map(() =>
        fc.record({ settings, members: fc.array(memberSettings, { minLength: 1, maxLength: size, size: 'max' }) }),
      ),
    ),
    steps: fc.array(fc.tuple(after, step), { minLength: 5, maxLength: steps, size: 'max' }),
  });

/** A handful of people for a long time, and now and then a crowd of whom more are passed over than are named. */
export const randomTeam: fc.Arbitrary<RandomTeam> = fc.oneof(
  { weight: 12, arbitrary: fc.integer({ min: 1, max: 7 }).chain((size) => teamOf(size, 60)) },
  { weight: 1, arbitrary: fc.integer({ min: 60, max: 110 }).chain((size) => teamOf(size, 25)) },
);
