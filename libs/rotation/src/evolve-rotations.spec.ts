import { describe, expect, it } from '@jest/globals';
import { eventDefinitions } from '@lead-rotator/lead-events';
import { rotationEventTypes } from './evolve-rotations.ts';

describe('the events of rotations', () => {
  it('are all that name a rotation and no lead, and a pause after misses, which names both', () => {
    const naming = Object.values(eventDefinitions).filter(
      ({ sample }) => 'rotationId' in sample && !('leadId' in sample),
    );
    const ofPages = 'PageDefined';
    const expected = naming.map(({ type }) => type).filter((type) => type !== ofPages);
    expect(new Set<string>(rotationEventTypes)).toEqual(new Set([...expected, 'MemberPaused']));
  });
});
