import { describe, expect, it } from '@jest/globals';
import type { Condition, LeadId, Rule } from '@lead-rotator/lead-events';
import { Distribution, holds, type LeadFacts } from '@lead-rotator/rotation';
import fc from 'fast-check';
import { RuleIndex } from './rule-index.ts';

const value = fc.constantFrom<string | number>('a', '7', 7, 'c');
const field = fc.constantFrom('source', 'country', 'attributes.topics');
const comparison: fc.Arbitrary<Condition> = fc.oneof(
  fc.record({ field, is: value }),
  fc.record({ field, in: fc.array(value, { maxLength: 2 }) }),
  fc.record({ field, isNot: value }),
  fc.record({ field, startsWith: fc.constant('a') }),
  fc.record({ field, exists: fc.boolean() }),
  fc.record({ field, is: value, isNot: value }),
);
const { condition } = fc.letrec<{ condition: Condition }>((tie) => ({
  condition: fc.oneof(
    { maxDepth: 2 },
    { weight: 3, arbitrary: comparison },
    fc.record({ all: fc.array(tie('condition'), { maxLength: 3 }) }),
    fc.record({ any: fc.array(tie('condition'), { maxLength: 3 }) }),
    fc.record({ not: tie('condition') }),
  ) as fc.Arbitrary<Condition>,
}));
const lead: fc.Arbitrary<LeadFacts> = fc.record(
  {
    leadId: fc.constant('L' as LeadId),
    source: value.map(String),
    status: fc.constant('new'),
    receivedAt: fc.constant(0),
    country: value.map(String),
    attributes: fc.record({ topics: fc.oneof(value, fc.array(value, { maxLength: 3 })) }, { requiredKeys: [] }),
  },
  { requiredKeys: ['leadId', 'source', 'status', 'receivedAt'] },
);

describe('an index of rules', () => {
  it('finds in order every rule of which the condition holds', () => {
    const nobody = new Distribution();
    fc.assert(
      fc.property(fc.array(fc.option(condition, { nil: undefined }), { maxLength: 12 }), lead, (conditions, facts) => {
        const rules = conditions.map(
          (when, index): Rule => ({ id: `${index}`, to: 'unassigned', ...(when === undefined ? {} : { when }) }),
        );
        const found = [...new RuleIndex(rules).candidates(facts)];
        expect(found).toEqual([...new Set(found)].sort((one, other) => one - other));
        const holding = [...rules.keys()].filter((index) => {
          const when = rules[index]?.when;
          return when === undefined || holds(nobody, when, facts);
        });
        expect(found).toEqual(expect.arrayContaining(holding));
      }),
      { numRuns: 2_000 },
    );
  });

  it('leaves out the rules of other sources', () => {
    const rules = Array.from(
      { length: 1_000 },
      (_, index): Rule => ({
        id: `${index}`,
        when: {
          all: [
            { field: 'country', startsWith: 'D' },
            { field: 'source', is: `seller-${index}` },
          ],
        },
        to: 'unassigned',
      }),
    );
    const facts = { leadId: 'L' as LeadId, source: 'seller-7', status: 'new', receivedAt: 0 };
    expect([...new RuleIndex([...rules, { id: 'rest', to: 'page' }]).candidates(facts)]).toEqual([7, 1_000]);
  });
});
