import { describe, expect, it } from '@jest/globals';
import { eventDefinitions, type LeadRotatorEvent } from '@lead-rotator/lead-events';
import { explainChange, isRotationChange } from './explain-change.ts';

const samples = Object.values(eventDefinitions).map(({ type, sample }) => ({ type, data: sample }) as LeadRotatorEvent);
const changes = samples.filter(isRotationChange);

describe('a change of a rotation', () => {
  it.each(changes)('is told in a sentence for $type', (event) => {
    expect(explainChange(event)).toMatch(/^[A-Za-z].*\.$/);
  });

  it('is every event that names a rotation and no lead', () => {
    const named = samples.filter(({ data }) => 'rotationId' in data && !('leadId' in data));
    const [ofMembersByMisses, ofPages] = ['MemberPaused', 'PageDefined'];
    const expected = named.map(({ type }) => type).filter((type) => type !== ofPages);
    expect(new Set([...expected, ofMembersByMisses])).toEqual(new Set(changes.map(({ type }) => type)));
  });
});
