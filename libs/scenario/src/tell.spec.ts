import { describe, expect, it } from '@jest/globals';
import { runScenario } from './run-scenario.ts';
import { tell } from './tell.ts';

const file = (more: string) => `
users: [ann, bob]
rotations:
  - { id: web, strategy: weighted, members: [{ user: ann, weight: 33.33 }, { user: bob, weight: 16.67 }] }
steps:
  - lead: L1
${more}`;

describe('what is told of a run', () => {
  it('has the shares to which percentages come that do not add up', () => {
    expect([...tell(runScenario(file('')))]).toContain('shares of web: ann 66.66 %, bob 33.34 %');
  });

  it.each([
    ['email: kim', 'email: is not an email address'],
    ['phone: "12"', 'phone: is not a phone number; write it like +4915112345678'],
  ])('says of a lead why intake would not have taken it: %s', (field, because) => {
    const run = runScenario(
      file(`  - { lead: { id: L2, ${field} } }\n  - { refused: invalid, lead: { id: L3, ${field} } }`),
    );
    expect([...tell(run)]).toContain(`    + found    "invalid" (${because})`);
    expect(run.differences).toHaveLength(1);
    expect(Object.keys(run.result.owners)).toEqual(['L1']);
  });

  it('says why a step was refused', () => {
    const run = runScenario(
      file('  - { change: { rotation: web, claim: { within: 1h, whenExhausted: start-over } } }'),
    );
    expect(run.passed).toBe(false);
    expect([...tell(run)]).toContain(
      '    + found    "invalid" (claim.whenExhausted: start-over needs maxReassignments)',
    );
  });
});
