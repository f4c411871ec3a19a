import { describe, expect, it } from '@jest/globals';
import { runScenario } from '@lead-rotator/scenario';
import { runDocument } from './run-document.ts';

const run = runScenario(`
title: many leads
users: [ann, bob]
rotations: [{ id: web, strategy: round-robin, members: [ann, bob] }]
steps: [{ leads: { count: 1500, every: 1s, prefix: L } }]
expect: { owners: { L1: bob } }
`);

describe('a run as a JSON document', () => {
  it('has everything, on one line', () => {
    const text = [...runDocument('many.yaml', run)].join('');
    const { passed, differences, result, events } = run;
    expect(text).toBe(JSON.stringify({ file: 'many.yaml', passed, differences, result, events }));
    expect(text).not.toContain('\n');
  });

  it('comes in pieces, since a string holds no more than half a gigabyte', () => {
    const pieces = [...runDocument('many.yaml', run)];
    expect(Math.max(...pieces.map(({ length }) => length))).toBeLessThan(500_000);
    expect(pieces.length).toBeGreaterThan(3);
  });
});
