import { describe, expect, it } from '@jest/globals';
import type { Strategy } from '@lead-rotator/lead-events';
import { normalDraw, startOf } from './strategies/normal-draws.ts';
import { Serving } from './testing/serving.ts';

/** Fractions from 0 to 1, the same at every run. */
function fractions(seed: number): () => number {
  let number = 0;
  return () => {
    number += 1;
    return ((normalDraw(startOf(seed, number), 0) + 8) * 1e6) % 1;
  };
}

/** Leads won by a team whose members close leads with known chances; each lead ends before the next but some comes. */
function won(strategy: Strategy, rates: readonly number[], leads: number, seed: number): number {
  const serving = new Serving(
    { strategy },
    rates.map(() => ({})),
  );
  const next = fractions(seed);
  const open: { owner: number; end: 'LeadWon' | 'LeadLost' }[] = [];
  let count = 0;
  for (let lead = 0; lead < leads; lead += 1) {
    const owner = serving.serve() as number;
    const isWon = next() < (rates[owner] as number);
    if (isWon) count += 1;
    open.push({ owner, end: isWon ? 'LeadWon' : 'LeadLost' });
    const ended = open.length > 20 ? open.shift() : undefined;
    if (ended !== undefined) serving.end(ended.owner, ended.end);
  }
  return count;
}

const predictive = (seed: number): Strategy => ({ type: 'predictive', seed });
const seeds = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10];
/** Mean over the seeds of what is won more than by round robin, in percent. */
const gain = (rates: readonly number[], leads: number): number => {
  const sum = (strategyOf: (seed: number) => Strategy) =>
    seeds.reduce((total, seed) => total + won(strategyOf(seed), rates, leads, seed), 0);
  return (100 * sum(predictive)) / sum(() => ({ type: 'round-robin' })) - 100;
};

describe('predictive', () => {
  it('draws numbers that are normally distributed', () => {
    const count = 200_000;
    const draws = Array.from({ length: count }, (_, index) =>
      normalDraw(startOf(7, Math.floor(index / 50)), index % 50),
    );
    const mean = draws.reduce((sum, one) => sum + one, 0) / count;
    const variance = draws.reduce((sum, one) => sum + (one - mean) ** 2, 0) / count;
    expect(Math.abs(mean)).toBeLessThan(0.01);
    expect(Math.abs(variance - 1)).toBeLessThan(0.02);
    const beyond = (limit: number) => draws.filter((one) => one > limit).length / count;
    expect(beyond(1)).toBeCloseTo(0.1587, 2);
    expect(beyond(2)).toBeCloseTo(0.0228, 2);
  });

  it.each([1, 2, 3])('gives the guarded share out by round robin, with the seed %i', (seed) => {
    const serving = new Serving({ strategy: predictive(seed) }, [{}, {}, {}]);
    const guarded: (number | undefined)[] = [];
    for (let lead = 0; lead < 10_000; lead += 1) {
      const to = serving.serve() as number;
      serving.end(to, to === 0 ? 'LeadWon' : 'LeadLost');
      if (serving.lastTurn?.guard === true) guarded.push(to);
    }
    /* Binomially distributed around 1,000 with a deviation of 30. */
    expect(Math.abs(guarded.length - 1_000)).toBeLessThan(100);
    expect(guarded).toEqual(guarded.map((_, index) => ((guarded[0] as number) + index) % 3));
  });

  it('wins more than round robin on teams with known close rates', () => {
    expect(gain([0.3, 0.2, 0.1, 0.1, 0.05], 2_000)).toBeGreaterThan(40);
    expect(gain([0.25, 0.22, 0.2, 0.18, 0.15], 2_000)).toBeGreaterThan(4);
    expect(gain([0.1, 0.1, 0.1, 0.1, 0.1], 2_000)).toBeGreaterThan(-5);
  });

  it('keeps the figures of the likeliest, the chosen first, and counts the others', () => {
    const serving = new Serving(
      { strategy: { ...predictive(3), guard: 0 } as Strategy },
      Array.from({ length: 30 }, () => ({})),
    );
    const to = serving.serve();
    const turn = serving.lastTurn;
    expect(turn).toMatchObject({ seed: 3, draw: 1, model: 2, otherCandidates: 20 });
    expect(turn?.candidates?.length).toBe(10);
    expect(turn?.candidates?.[0]).toMatchObject({ userId: `u${to}`, won: 0, lost: 0 });
    const draws = turn?.candidates?.map(({ draw }) => draw) ?? [];
    expect(draws).toEqual([...draws].sort((one, other) => other - one));
    expect(draws.every((draw) => draw > 0 && draw < 1)).toBe(true);
  });
});
