import { describe, expect, it } from '@jest/globals';
import { eventDefinitions, type LeadRotatorEvent } from '@lead-rotator/lead-events';
import { explainEvent } from './explain-event.ts';

const samples = Object.values(eventDefinitions).map(({ type, sample }) => ({ type, data: sample }) as LeadRotatorEvent);
const ofLeads = samples.filter(({ data }) => 'leadId' in data);

describe('what happened to a lead', () => {
  it.each(ofLeads)('is told in a sentence for $type', (event) => {
    expect(explainEvent(event)).toMatch(/^[A-Za-z].*\.$/);
  });

  it('names the turn, the rule, who was passed over and why, and the deadline', () => {
    const assigned = samples.find(({ type }) => type === 'LeadAssigned') as LeadRotatorEvent;
    expect(explainEvent(assigned)).toBe(
      'Went to ann: by the rules (rule german, version 3), their turn. Turn 812 of web, by round-robin. ' +
        'Passed over: eve (away). To be claimed before 2026-01-05T09:15:00.130Z.',
    );
  });
});
