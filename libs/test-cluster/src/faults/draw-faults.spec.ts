import { describe, expect, it } from '@jest/globals';
import { drawFaults } from './draw-faults.ts';

const first = (count: number, seed: number) => [...drawFaults(seed, 3).take(count)];
const aRound = 2 * 3 + 4;

describe('the faults of a run', () => {
  it('are the same for the same seed, and others for another', () => {
    expect(first(50, 7)).toEqual(first(50, 7));
    expect(first(50, 7)).not.toEqual(first(50, 8));
  });

  it('come each to everything once before any comes twice', () => {
    const faults = first(3 * aRound, 7);
    const names = faults.map((fault) => `${fault.kind} ${'process' in fault ? fault.process : ''}`);
    for (const from of [0, aRound, 2 * aRound]) expect(new Set(names.slice(from, from + aRound)).size).toBe(aRound);
  });
});
