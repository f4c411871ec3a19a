import { describe, expect, it } from '@jest/globals';
import { isRejected, type Rejection } from '@lead-rotator/event-sourcing';
import type { LeadRotatorEvent, UserId } from '@lead-rotator/lead-events';
import { Distribution, forkDistribution } from '../distribution.ts';
import { evolveDistribution } from '../evolve-distribution.ts';
import { changeUserProfile, deactivateUser, moveUser, planAway, registerUser } from './change-users.ts';

const at = Date.parse('2026-01-05T09:00:00Z');
const [ann, bob, eve] = ['ann', 'bob', 'eve'] as [UserId, UserId, UserId];

function take(distribution: Distribution, result: readonly LeadRotatorEvent[] | Rejection): Distribution {
  if (isRejected(result)) throw new Error(JSON.stringify(result));
  for (const event of result) evolveDistribution(distribution, event);
  return distribution;
}

function annBobEve(): Distribution {
  const distribution = new Distribution();
  for (const userId of [ann, bob, eve]) {
    const site = `${userId}.acme.example`;
    take(distribution, registerUser(distribution, { userId, email: `${userId}@example.com`, site }, at));
  }
  return distribution;
}

describe('an absence', () => {
  it('that is planned twice is planned once, since a request may be sent again', () => {
    const distribution = annBobEve();
    const plan = { userId: ann, from: '2026-01-06', to: '2026-01-08' };
    take(distribution, planAway(distribution, plan, at));
    expect(planAway(distribution, plan, at)).toEqual([]);
    expect(planAway(distribution, { ...plan, to: '2026-01-09' }, at)).toHaveLength(1);
  });
});

describe('the roster', () => {
  it('has at a place whom somebody puts there, and the first active one is number one', () => {
    const distribution = annBobEve();
    take(distribution, moveUser(distribution, { userId: eve, place: 1 }, at));
    expect(distribution.roster).toEqual([eve, ann, bob]);
    expect(distribution.numberOne()).toBe(eve);
    take(distribution, deactivateUser(distribution, eve, at));
    expect(distribution.numberOne()).toBe(ann);
    take(distribution, moveUser(distribution, { userId: ann, place: 3 }, at));
    expect(distribution.numberOne()).toBe(bob);
  });

  it('is not touched by what is tried on a fork', () => {
    const distribution = annBobEve();
    const fork = forkDistribution(distribution);
    take(fork, moveUser(fork, { userId: eve, place: 1 }, at));
    expect([fork.numberOne(), distribution.numberOne()]).toEqual([eve, ann]);
  });

  it('stays as it is where somebody is put where they stand', () => {
    expect(moveUser(annBobEve(), { userId: bob, place: 2 }, at)).toEqual([]);
  });

  it.each([
    [{ userId: 'nobody' as UserId, place: 1 }, { code: 'unknown-user' }],
    [
      { userId: bob, place: 0 },
      { code: 'invalid', facts: { path: 'place' } },
    ],
    [
      { userId: bob, place: 4 },
      { code: 'invalid', facts: { path: 'place' } },
    ],
  ])('refuses %j', (move, refusal) => {
    expect(moveUser(annBobEve(), move, at)).toMatchObject(refusal);
  });
});

describe('an email and a site', () => {
  it('are nobody’s any more when their user has others', () => {
    const distribution = annBobEve();
    const others = { userId: ann, email: 'ann.lee@example.com', site: 'lee.acme.example' };
    take(distribution, changeUserProfile(distribution, others, at));
    expect(distribution.findUser('ann@example.com')).toBeUndefined();
    expect(distribution.ownerOfSite('ann.acme.example')).toBeUndefined();
    expect(distribution.findUser('ann.lee@example.com')?.id).toBe(ann);
    expect(distribution.ownerOfSite('lee.acme.example')).toBe(ann);
    const next = { userId: 'kim' as UserId, email: 'ann@example.com', site: 'ann.acme.example' };
    take(distribution, registerUser(distribution, next, at));
    expect(distribution.findUser('ann@example.com')?.id).toBe('kim');
  });

  it('have one user each', () => {
    const distribution = annBobEve();
    expect(changeUserProfile(distribution, { userId: bob, site: 'ann.acme.example' }, at)).toMatchObject({
      code: 'invalid',
      facts: { path: 'site' },
    });
  });

  it('can be taken back, like all that need not be known of a user', () => {
    const distribution = annBobEve();
    const hours = { 'mon-fri': '09:00-17:00' };
    take(distribution, changeUserProfile(distribution, { userId: ann, team: 'north', hours }, at));
    take(distribution, changeUserProfile(distribution, { userId: ann, unset: ['site', 'team', 'hours'] }, at));
    expect(distribution.users.get(ann)).not.toHaveProperty('site');
    expect(distribution.users.get(ann)).not.toHaveProperty('team');
    expect(distribution.users.get(ann)).not.toHaveProperty('hours');
    expect(distribution.users.get(ann)?.written).toEqual({ away: [] });
    expect(distribution.ownerOfSite('ann.acme.example')).toBeUndefined();
  });
});
