import { describe, expect, it } from '@jest/globals';
import { runScenario } from './run-scenario.ts';

const fileWith = (step: string) => `
users: [ann]
rotations: [{ id: web, members: [ann] }]
steps: [{ refused: not-allowed, ${step} }]
`;

describe('a step that must be refused', () => {
  it.each([
    ['lets time pass', 'wait: 1h', 1],
    ['takes a lead in', 'lead: L1', 1],
    ['takes many leads in', 'leads: { count: 2, prefix: L }', 2],
    ['is refused with another code', 'pause: { rotation: web, user: bob }', 1],
  ])('differs when it %s', (_, step, times) => {
    const { passed, differences } = runScenario(fileWith(step));
    expect(passed).toBe(false);
    expect(differences.map(({ expected }) => expected)).toEqual(Array(times).fill('not-allowed'));
  });
});
