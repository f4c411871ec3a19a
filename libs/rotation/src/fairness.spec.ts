import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { Serving } from './testing/serving.ts';

/* What docs/explanation/fairness.md promises. */

const plain = (count: number) => Array.from({ length: count }, () => ({}));
const size = fc.integer({ min: 2, max: 7 });
const unsuited = fc.array(fc.nat({ max: 6 }), { maxLength: 4 });

describe('round robin', () => {
  it('serves between two turns of one everybody else who suits all leads in between, and once if the one does too', () => {
    fc.assert(
      fc.property(size, fc.array(unsuited, { minLength: 20, maxLength: 60, size: 'max' }), (members, leads) => {
        const serving = new Serving({ strategy: { type: 'round-robin' } }, plain(members));
        const turns = leads.map((lead) => ({ to: serving.serve(lead.filter((one) => one < members)), lead }));
        for (const [index, { to }] of turns.entries()) {
          const next = turns.findIndex((turn, other) => other > index && turn.to === to);
          if (to === undefined || next < 0) continue;
          const between = turns.slice(index + 1, next);
          const suitsAll = (one: number) => [...between, turns[next]].every((turn) => !turn?.lead.includes(one));
          for (let one = 0; one < members; one += 1) {
            if (one === to || !suitsAll(one)) continue;
            const served = between.filter((turn) => turn.to === one).length;
            expect(served).toBeGreaterThanOrEqual(1);
            if (suitsAll(to)) expect(served).toBe(1);
          }
        }
      }),
      { numRuns: 500 },
    );
  });

  it('lets nobody starve behind a filter: who suits as many leads in a row as there are members gets one', () => {
    fc.assert(
      fc.property(size, fc.array(unsuited, { minLength: 10, maxLength: 40, size: 'max' }), (members, leads) => {
        const serving = new Serving({ strategy: { type: 'round-robin' } }, plain(members));
        const waited = plain(members).map(() => 0);
        for (const lead of leads) {
          const to = serving.serve(lead.filter((one) => one < members));
          for (let one = 0; one < members; one += 1) {
            waited[one] = one === to || lead.includes(one) ? 0 : (waited[one] ?? 0) + 1;
            expect(waited[one]).toBeLessThan(members);
          }
        }
      }),
      { numRuns: 300 },
    );
  });
});

/** Turns more (above 0) or less than were due, the greatest of any member at any time. */
function distances(
  weights: readonly number[],
  turns: number,
  whoIsThere: (turn: number, behind: readonly number[]) => readonly number[],
): { ahead: number; behind: number } {
  const serving = new Serving(
    { strategy: { type: 'weighted' } },
    weights.map((weight) => ({ weight })),
  );
  const due = weights.map(() => 0);
  let [ahead, behind] = [0, 0];
  for (let turn = 0; turn < turns; turn += 1) {
    const there = whoIsThere(turn, due);
    const sum = there.reduce((total, one) => total + (weights[one] as number), 0);
    for (const one of there) due[one] = (due[one] as number) + (weights[one] as number) / sum;
    const to = serving.serve([...weights.keys()].filter((one) => !there.includes(one))) as number;
    due[to] = (due[to] as number) - 1;
    behind = Math.max(behind, ...due);
    ahead = Math.max(ahead, ...due.map((one) => -one));
  }
  return { ahead, behind };
}

/** The two whose distances are most alike: whoever is served of them moves away from the others. */
function mostAlike(behind: readonly number[]): number[] {
  const order = [...behind.keys()].sort((one, other) => (behind[one] as number) - (behind[other] as number));
  const gap = (place: number) =>
    (behind[order[place + 1] as number] as number) - (behind[order[place] as number] as number);
  let least = 0;
  for (let place = 1; place < order.length - 1; place += 1) if (gap(place) < gap(least) - 1e-9) least = place;
  return order.slice(least, least + 2);
}

const weights = fc.array(fc.integer({ min: 1, max: 100 }), { minLength: 2, maxLength: 12 });
const harmonic = (count: number): number => (count === 0 ? 0 : 1 / count + harmonic(count - 1));

describe('weighted', () => {
  it('keeps everybody less than one turn ahead of their share, and at most H(n) − 1 behind', () => {
    fc.assert(
      fc.property(weights, (given) => {
        const { ahead, behind } = distances(given, 150, () => [...given.keys()]);
        expect(ahead).toBeLessThan(1);
        expect(behind).toBeLessThan(harmonic(given.length) - 1 + 1e-6);
      }),
      { numRuns: 300 },
    );
  });

  it('keeps everybody within three turns of their share, whoever is there', () => {
    const world = weights.chain((given) =>
      fc.record({
        given: fc.constant(given),
        there: fc.array(fc.subarray([...given.keys()], { minLength: 1 }), {
          minLength: 100,
          maxLength: 200,
          size: 'max',
        }),
      }),
    );
    fc.assert(
      fc.property(world, ({ given, there }) => {
        const { ahead, behind } = distances(given, there.length, (turn) => there[turn] as number[]);
        expect(Math.max(ahead, behind)).toBeLessThan(3);
      }),
      { numRuns: 300 },
    );
  });

  it('keeps everybody within n − 1 turns of their share, though who is there is chosen to do harm', () => {
    fc.assert(
      fc.property(weights, fc.boolean(), (given, equal) => {
        const shares = equal ? given.map(() => 1) : given;
        const { ahead, behind } = distances(shares, 400, (_, distance) => mostAlike(distance));
        expect(Math.max(ahead, behind)).toBeLessThan(given.length - 1 + 1e-6);
      }),
      { numRuns: 200 },
    );
  });

  it('gives 70 and 30 of a hundred, and of percentages that do not add up the same shares', () => {
    for (const [one, other] of [
      [70, 30],
      [35, 15],
      [0.7, 0.3],
    ]) {
      const serving = new Serving({ strategy: { type: 'weighted' } }, [{ weight: one ?? 1 }, { weight: other ?? 1 }]);
      const served = Array.from({ length: 100 }, () => serving.serve());
      expect(served.filter((to) => to === 0).length).toBe(70);
    }
  });
});

describe('priority tier', () => {
  it.each(['interleaved', 'in-a-row'] as const)('%s gives everybody exactly their number in every cycle', (order) => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 5 }), { minLength: 1, maxLength: 6 }), (numbers) => {
        const strategy = { type: 'priority-tier' as const, order };
        const serving = new Serving(
          { strategy },
          numbers.map((leadsPerCycle) => ({ leadsPerCycle })),
        );
        const cycle = numbers.reduce((sum, one) => sum + one, 0);
        for (let round = 0; round < 3; round += 1) {
          const served = Array.from({ length: cycle }, () => serving.serve());
          expect(numbers.map((_, member) => served.filter((to) => to === member).length)).toEqual(numbers);
        }
      }),
      { numRuns: 200 },
    );
  });
});

describe('longest waiting', () => {
  it('never serves anybody before one who suits the lead and has waited longer', () => {
    fc.assert(
      fc.property(size, fc.array(unsuited, { minLength: 10, maxLength: 40, size: 'max' }), (members, leads) => {
        const serving = new Serving({ strategy: { type: 'longest-waiting' } }, plain(members));
        const last = plain(members).map(() => -1);
        for (const [index, lead] of leads.entries()) {
          const to = serving.serve(lead.filter((one) => one < members));
          if (to === undefined) continue;
          const suited = [...last.keys()].filter((one) => !lead.includes(one));
          expect(last[to]).toBe(Math.min(...suited.map((one) => last[one] as number)));
          last[to] = index;
        }
      }),
      { numRuns: 200 },
    );
  });
});

/** χ² of counts against equal shares. */
const chiSquared = (counts: readonly number[]): number => {
  const expected = counts.reduce((sum, one) => sum + one, 0) / counts.length;
  return counts.reduce((sum, one) => sum + (one - expected) ** 2 / expected, 0);
};

describe('random', () => {
  /* 9 degrees of freedom: 27.9 is passed by one honest seed in a thousand. */
  it.each([1, 7, 2026, -5])('is uniform with the seed %i', (seed) => {
    const serving = new Serving({ strategy: { type: 'random', seed } }, plain(10));
    const counts = plain(10).map(() => 0);
    for (let lead = 0; lead < 20_000; lead += 1) {
      const to = serving.serve() as number;
      counts[to] = (counts[to] as number) + 1;
    }
    expect(chiSquared(counts)).toBeLessThan(27.9);
  });

  /* 89 pairs but one can follow: 81 degrees of freedom, 126 is passed by one honest seed in a thousand. */
  it('has no pair of members that follow one another more often', () => {
    const serving = new Serving({ strategy: { type: 'random', seed: 11, noRepeat: true } }, plain(10));
    const pairs = Array.from({ length: 100 }, () => 0);
    let before = serving.serve() as number;
    for (let lead = 0; lead < 40_000; lead += 1) {
      const to = serving.serve() as number;
      expect(to).not.toBe(before);
      pairs[before * 10 + to] = (pairs[before * 10 + to] as number) + 1;
      before = to;
    }
    expect(chiSquared(pairs.filter((_, pair) => pair % 11 !== 0))).toBeLessThan(130);
  });
});

describe('fewest assigned', () => {
  const step = fc.oneof(
    { weight: 8, arbitrary: fc.constant('lead' as const) },
    fc.record({ pause: fc.nat({ max: 6 }) }),
    fc.record({ resume: fc.nat({ max: 6 }) }),
    fc.constant('join' as const),
  );

  it('floods nobody who joins or comes back: they get one more at most than who had fewest of those who stayed', () => {
    fc.assert(
      fc.property(size, fc.array(step, { minLength: 20, maxLength: 80, size: 'max' }), (members, steps) => {
        const serving = new Serving({ strategy: { type: 'fewest-assigned' } }, plain(members));
        const away = new Set<number>();
        const back = new Set<number>();
        let wasThere = new Set<number>();
        let served: number[] = [];
        let pairs: { one: number; other: number; from: number }[] = [];
        const countOf = (number: number) => {
          const member = serving.rotation.list[number];
          return (member?.counts.total ?? 0) + (member?.raised ?? 0);
        };
        const serve = () => {
          const there = [...serving.rotation.list.keys()].filter((one) => !away.has(one));
          const stayed = there.filter((one) => wasThere.has(one) && !back.has(one));
          const fewest = stayed.sort((one, other) => countOf(one) - countOf(other))[0];
          if (fewest !== undefined) {
            for (const one of back) if (!away.has(one)) pairs.push({ one, other: fewest, from: served.length });
          }
          back.clear();
          wasThere = new Set(there);
          served = [...served, serving.serve() as number];
        };
        for (const one of steps) {
          if (one === 'lead') serve();
          else if (one === 'join') back.add(serving.join());
          else if ('pause' in one && one.pause < serving.rotation.list.length) {
            if (away.has(one.pause) || away.size === serving.rotation.list.length - 1) continue;
            serving.pause(one.pause);
            away.add(one.pause);
            pairs = pairs.filter((pair) => pair.one !== one.pause && pair.other !== one.pause);
          } else if ('resume' in one && away.delete(one.resume)) {
            serving.resume(one.resume);
            if (!wasThere.has(one.resume)) back.add(one.resume);
          }
          for (const { one: number, other, from } of pairs) {
            const turnsOf = (who: number) => served.slice(from).filter((to) => to === who).length;
            expect(turnsOf(number)).toBeLessThanOrEqual(turnsOf(other) + 1);
          }
        }
      }),
      { numRuns: 400 },
    );
  });
});
