import { describe, expect, it } from '@jest/globals';
import { isRejected, type Rejection } from '@lead-rotator/event-sourcing';
import type { LeadRotatorEvent, RotationId, UserId } from '@lead-rotator/lead-events';
import { addMember } from './commands/change-members.ts';
import { createRotation } from './commands/change-rotations.ts';
import { deactivateUser, registerUser } from './commands/change-users.ts';
import { Distribution, forkDistribution } from './distribution.ts';
import { evolveDistribution } from './evolve-distribution.ts';
import { isSomebodyFree, nextChange } from './next-change.ts';
import type { Rotation } from './rotation.ts';
import { nextInLine } from './take-turn.ts';

const web = 'web' as RotationId;
const morning = Date.parse('2026-01-05T09:00:00Z');
const night = Date.parse('2026-01-05T20:00:00Z');

function take(distribution: Distribution, result: readonly LeadRotatorEvent[] | Rejection): void {
  if (isRejected(result)) throw new Error(result.code);
  for (const event of result) evolveDistribution(distribution, event);
}

/** Ann works by day, Bob in the evening. */
function team(): Distribution {
  const distribution = new Distribution();
  for (const [id, hours] of [
    ['ann', '08:00-18:00'],
    ['bob', '18:00-23:00'],
  ] as const) {
    const user = { userId: id as UserId, email: `${id}@example.com`, hours: { 'mon-sun': hours } };
    take(distribution, registerUser(distribution, user, morning));
  }
  take(distribution, createRotation(distribution, { rotationId: web, name: 'Web' }, morning));
  for (const user of ['ann', 'bob']) take(distribution, addMember(distribution, { rotationId: web, user }, morning));
  return distribution;
}

describe('how members stand', () => {
  it('is right on a fork, though below it was looked at for another time meanwhile', () => {
    const distribution = team();
    expect(nextInLine(distribution, web, morning)).toBe('ann');
    const fork = forkDistribution(distribution);
    expect(nextInLine(fork, web, morning)).toBe('ann');
    expect(nextInLine(distribution, web, night)).toBe('bob');
    expect(nextInLine(fork, web, morning)).toBe('ann');
    expect(nextInLine(distribution, web, morning)).toBe('ann');
  });

  it('follows what happens on a fork, and there alone', () => {
    const distribution = team();
    const fork = forkDistribution(distribution);
    expect(nextInLine(fork, web, morning)).toBe('ann');
    take(fork, deactivateUser(fork, 'ann' as UserId, morning));
    expect(nextInLine(fork, web, morning)).toBe(undefined);
    expect(nextInLine(distribution, web, morning)).toBe('ann');
  });

  it('says when it changes by the clock, and whether anybody is free', () => {
    const distribution = team();
    const rotation = distribution.rotations.get(web) as Rotation;
    expect(new Date(nextChange(distribution, rotation, morning)).toISOString()).toBe('2026-01-05T18:00:00.000Z');
    expect(isSomebodyFree(distribution, rotation, night)).toBe(true);
    expect(isSomebodyFree(distribution, rotation, night + 4 * 3_600_000)).toBe(false);
  });
});
