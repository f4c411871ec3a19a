import { describe, expect, it } from '@jest/globals';
import type { LeadId, RotationId, RotationSettings, Strategy, StrategyType } from '@lead-rotator/lead-events';
import fc from 'fast-check';
import { Distribution, forkDistribution } from './distribution.ts';
import { limitOf, memberAbsence, reasonAgainstPresent, type TurnLead } from './eligibility.ts';
import { evolveDistribution } from './evolve-distribution.ts';
import type { Rotation } from './rotation.ts';
import { distributionOf, snapshotOf } from './snapshot/snapshot.ts';
import { strategies } from './strategies/registry.ts';
import { takeTurn } from './take-turn.ts';
import { type RandomTeam, randomTeam } from './testing/random-team.ts';
import { Team } from './testing/team.ts';

const settingsOf: Partial<Record<StrategyType, Strategy>> = {
  random: { type: 'random', seed: 4 },
  predictive: { type: 'predictive', seed: 5, guard: 0.3 },
  'first-to-claim': { type: 'first-to-claim', offerFor: 60_000 },
};
const all = Object.keys(strategies) as StrategyType[];
const later = Date.parse('2026-05-04T10:00:00Z');
const lead: TurnLead = {
  facts: { leadId: 'last' as LeadId, source: 'web', status: 'new', receivedAt: later, country: 'DE' },
  declined: [],
  had: [],
};

/** A team to which much has happened, under the strategy from the beginning. */
function lived(type: StrategyType, { users, rotations, steps }: RandomTeam): Team {
  const strategy = settingsOf[type] ?? ({ type } as Strategy);
  const same = rotations.map(({ settings, members }) => ({ members, settings: { ...settings, strategy } }));
  const calm = steps.map(([after, step]) => {
    if (!('change' in step)) return [after, step] as const;
    const { strategy: _, ...change } = step.change;
    return [after, { ...step, change: change as RotationSettings }] as const;
  });
  return new Team({ users, rotations: same }, {}).play(calm);
}

const rotationsOf = ({ distribution }: Team): Rotation[] =>
  ['r0', 'r1'].map((id) => distribution.rotations.get(id as RotationId) as Rotation);

describe.each(all)('under the strategy %s', (type) => {
  it('nobody ineligible is chosen, and nobody is left out if somebody is eligible', () => {
    fc.assert(
      fc.property(randomTeam, (world) => {
        const team = lived(type, world);
        for (const rotation of rotationsOf(team)) {
          const { userId } = takeTurn(team.distribution, rotation, lead, later);
          const eligible = rotation.list.filter(
            (member) =>
              memberAbsence(team.distribution, member, later) === undefined &&
              reasonAgainstPresent(team.distribution, rotation, member, lead, later) === undefined,
          );
          const among = eligible.map((member) => member.userId);
          if (userId === undefined) expect(strategies[type].choose.length === 0 || among.length === 0).toBe(true);
          else if (rotation.settings.whenNobody !== 'ignore-availability') expect(among).toContain(userId);
          else expect(limitOf(team.distribution, rotation, rotation.member(userId) as never, later)).toBe(undefined);
        }
      }),
      { numRuns: 60 },
    );
  });

  it('the same input has the same choice, on a fork too, and a choice changes nothing', () => {
    fc.assert(
      fc.property(randomTeam, (world) => {
        const { distribution, events } = lived(type, world);
        const before = events.reduce(evolveDistribution, new Distribution());
        for (const id of ['r0', 'r1'] as RotationId[]) {
          const rotation = distribution.rotations.get(id) as Rotation;
          const taken = takeTurn(distribution, rotation, lead, later);
          expect(takeTurn(distribution, rotation, lead, later)).toEqual(taken);
          expect(takeTurn(forkDistribution(distribution), rotation, lead, later)).toEqual(taken);
          expect(takeTurn(before, before.rotations.get(id) as Rotation, lead, later)).toEqual(taken);
        }
        expect(distribution).toEqual(before);
      }),
      { numRuns: 60 },
    );
  });

  it('the choice is the same after a snapshot, and so is what follows from it', () => {
    fc.assert(
      fc.property(randomTeam, (world) => {
        const { distribution } = lived(type, world);
        const restored = distributionOf(structuredClone(snapshotOf(distribution)));
        for (const id of ['r0', 'r1'] as RotationId[]) {
          for (let turn = 0; turn < 5; turn += 1) {
            const taken = takeTurn(distribution, distribution.rotations.get(id) as Rotation, lead, later);
            expect(takeTurn(restored, restored.rotations.get(id) as Rotation, lead, later)).toEqual(taken);
            if (taken.userId === undefined) break;
            const data = {
              leadId: `S${turn}`,
              contactIds: [],
              ownerId: taken.userId,
              rotationId: id,
              turn: taken.turn,
            };
            const why = { step: 'rules', reason: 'turn' } as const;
            const event = { type: 'LeadAssigned', data: { ...data, why, at: new Date(later).toISOString() } } as never;
            for (const state of [distribution, restored]) evolveDistribution(state, event);
          }
        }
        expect(snapshotOf(restored)).toEqual(snapshotOf(distribution));
      }),
      { numRuns: 60 },
    );
  });

  it('nothing is lost when members come and go', () => {
    fc.assert(
      fc.property(randomTeam, (world) => {
        for (const { list, line, tally } of rotationsOf(lived(type, world))) {
          expect([...line.inOrder].sort((one, other) => one - other)).toEqual([...list.keys()]);
          expect(list.map(({ place }) => place)).toEqual([...list.keys()]);
          for (const column of [tally.owed, tally.left, tally.present]) expect(column.length).toBe(list.length);
        }
      }),
      { numRuns: 40 },
    );
  });
});
