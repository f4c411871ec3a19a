import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { Distribution } from './distribution.ts';
import { evolveDistribution } from './evolve-distribution.ts';
import { randomTeam } from './testing/random-team.ts';
import { Team } from './testing/team.ts';

describe('turns', () => {
  it('come out as by the plain rules, with the same reasons, whatever happens', () => {
    fc.assert(
      fc.property(randomTeam, ({ steps, ...team }) => {
        for (const { fast, plain } of new Team(team).play(steps).outcomes) expect(fast).toEqual(plain);
      }),
      { numRuns: 1_000 },
    );
  });

  it('leave a state that comes from the events alone', () => {
    fc.assert(
      fc.property(randomTeam, ({ steps, ...team }) => {
        const { distribution, events } = new Team(team).play(steps);
        const replayed = new Distribution();
        for (const event of events) evolveDistribution(replayed, event);
        expect(replayed).toEqual(distribution);
      }),
      { numRuns: 250 },
    );
  });
});
