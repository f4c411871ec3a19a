import { describe, expect, it } from '@jest/globals';
import { isRejected } from '@lead-rotator/event-sourcing';
import type { RotationId, UserId } from '@lead-rotator/lead-events';
import fc from 'fast-check';
import { addMember } from './commands/change-members.ts';
import { createRotation } from './commands/change-rotations.ts';
import { registerUser } from './commands/change-users.ts';
import { Distribution } from './distribution.ts';
import { limitOf, memberAbsence } from './eligibility.ts';
import { evolveDistribution } from './evolve-distribution.ts';
import { nextChange } from './next-change.ts';
import { nextEdge } from './next-edge.ts';
import type { Rotation } from './rotation.ts';
import type { User } from './user.ts';

const minute = 60_000;
const rotationId = 'web' as RotationId;
const ann = 'ann' as UserId;

const hours = fc.dictionary(
  fc.constantFrom('mon', 'tue-thu', 'sat-mon', 'sun'),
  fc.constantFrom('02:30-03:15', '09:00-17:00', '22:00-06:00', '00:00-24:00', '01:10-02:50, 23:00-23:30'),
  { minKeys: 1, maxKeys: 3 },
);
const away = fc.constantFrom(
  { from: '2026-03-28', to: '2026-03-29' },
  { from: '2026-10-25', to: '2026-10-25' },
  { from: '2026-03-29T00:20:00Z', to: '2026-03-29T01:40:00Z' },
  { from: '2026-10-25T02:10', to: '2026-10-25T02:40' },
);
const profile = fc.record(
  {
    hours,
    away: fc.array(away, { maxLength: 2 }),
    timeZone: fc.constantFrom('UTC', 'Europe/Berlin', 'America/New_York', 'Asia/Kolkata', 'Australia/Lord_Howe'),
    caps: fc.constant({ hourly: 1, daily: 2 }),
  },
  { requiredKeys: [] },
);
/* Around the days on which clocks change in Berlin. */
const instant = fc.oneof(
  fc.integer({ min: Date.UTC(2026, 2, 27), max: Date.UTC(2026, 2, 31) }),
  fc.integer({ min: Date.UTC(2026, 9, 23), max: Date.UTC(2026, 9, 27) }),
);

function world(given: object, turns: number, at: number): { distribution: Distribution; rotation: Rotation } {
  const distribution = new Distribution();
  const take = (result: ReturnType<typeof registerUser>) => {
    if (isRejected(result)) throw new Error(result.code);
    for (const event of result) evolveDistribution(distribution, event);
  };
  take(registerUser(distribution, { userId: ann, email: 'ann@example.com', ...given }, at));
  take(createRotation(distribution, { rotationId, name: 'Web', settings: { caps: { hourly: 2 } } }, at));
  take(addMember(distribution, { rotationId, user: ann }, at));
  for (let number = 1; number <= turns; number += 1) {
    const turn = { number, strategy: 'round-robin', passedOver: [] };
    const why = { step: 'rules' as const, reason: 'turn' as const };
    const data = {
      leadId: 'L' as never,
      contactIds: [],
      ownerId: ann,
      rotationId,
      turn,
      why,
      at: new Date(at).toISOString(),
    };
    evolveDistribution(distribution, { type: 'LeadAssigned', data });
  }
  return { distribution, rotation: distribution.rotations.get(rotationId) as Rotation };
}

/** From an instant up to another, of two days at most. */
const minutesOf = (from: number, until: number): number[] =>
  Array.from(
    { length: Math.ceil((Math.min(until, from + 2_880 * minute) - from) / minute) },
    (_, n) => from + n * minute,
  );

describe('the next change', () => {
  it('is never later than somebody becomes eligible by the clock', () => {
    fc.assert(
      fc.property(profile, instant, fc.nat({ max: 2 }), (given, at, turns) => {
        const { distribution, rotation } = world(given, turns, at);
        const [member] = rotation.list;
        if (member === undefined) throw new Error('a member');
        const isFree = (time: number) =>
          memberAbsence(distribution, member, time) === undefined &&
          limitOf(distribution, rotation, member, time) === undefined;
        if (isFree(at)) return;
        const next = nextChange(distribution, rotation, at);
        expect(next).toBeGreaterThan(at);
        expect(minutesOf(at, next).find(isFree)).toBe(undefined);
      }),
      { numRuns: 500 },
    );
  });

  it('of an absence has none before the next edge', () => {
    fc.assert(
      fc.property(profile, instant, (given, at) => {
        const { distribution, rotation } = world(given, 0, at);
        const user = distribution.users.get(ann) as User;
        const [member] = rotation.list;
        if (member === undefined) throw new Error('a member');
        const next = nextEdge(user, distribution.zone(user.timeZone), at);
        expect(next).toBeGreaterThan(at);
        const now = memberAbsence(distribution, member, at);
        const isOther = (time: number) => memberAbsence(distribution, member, time) !== now;
        expect(minutesOf(at, next).find(isOther)).toBe(undefined);
      }),
      { numRuns: 500 },
    );
  });
});
