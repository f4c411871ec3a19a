import { describe, expect, it } from '@jest/globals';
import { defaultOrganization, type OrganizationId } from '@lead-rotator/event-sourcing';
import fc from 'fast-check';
import { v5 } from 'uuid';
import { leadIdOf, leadNamespace } from './lead-id.ts';

describe('the id of a lead', () => {
  it('is what any UUIDv5 of organization, source and id comes to', () => {
    expect(leadNamespace).toBe(v5('lead-rotator.dev', v5.DNS));
    expect(leadIdOf(defaultOrganization, 'facebook', 'fb-812')).toBe('67cfd829-e890-51ef-b298-583e7ec90017');
    expect(v5('fb-812', v5('facebook', v5('default', leadNamespace)))).toBe('67cfd829-e890-51ef-b298-583e7ec90017');
  });

  it('differs when organization, source or id differ, however they are cut', () => {
    const triple = fc.tuple(fc.string(), fc.string(), fc.string());
    fc.assert(
      fc.property(triple, triple, (one, other) => {
        fc.pre(JSON.stringify(one) !== JSON.stringify(other));
        return idOf(one) !== idOf(other);
      }),
      {
        seed: 1,
        examples: [
          [
            ['a', 'bc', 'd'],
            ['ab', 'c', 'd'],
          ],
        ],
      },
    );
  });
});

function idOf([organization, source, id]: [string, string, string]): string {
  return leadIdOf(organization as OrganizationId, source, id);
}
