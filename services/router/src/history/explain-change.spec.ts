import { describe, expect, it } from '@jest/globals';
import { eventDefinitions } from '@lead-rotator/lead-events';
import { type RotationEvent, rotationEventTypes } from '@lead-rotator/rotation';
import { explainChange } from './explain-change.ts';

describe('a change of a rotation', () => {
  it.each(rotationEventTypes)('is told in a sentence for %s', (type) => {
    const event = { type, data: eventDefinitions[type].sample } as RotationEvent;
    expect(explainChange(event)).toMatch(/^[A-Za-z].*\.$/);
  });
});
