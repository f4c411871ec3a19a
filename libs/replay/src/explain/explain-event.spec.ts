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

  /** The sample of an event, with other data. */
  const told = (type: LeadRotatorEvent['type'], data: object) => {
    const sample = samples.find((event) => event.type === type);
    return explainEvent({ type, data: { ...sample?.data, ...data } } as LeadRotatorEvent);
  };

  it('says whom a lead came with', () => {
    expect(told('LeadCaptured', { source: 'web', owner: undefined })).toBe('Came in from web.');
    expect(told('LeadCaptured', { source: 'web', owner: 'ina' })).toBe('Came in from web, with the owner ina.');
  });

  it('calls a rule what is a rule, and no other setting', () => {
    const why = (step: string) => ({ why: { step, reason: 'unassigned' }, waits: undefined, passedOver: [] });
    expect(told('LeadLeftUnassigned', why('rules'))).toBe(
      'Nobody has it: by the rules, the rule leaves it unassigned.',
    );
    expect(told('LeadTakenAway', why('missed'))).toBe(
      'Nobody has it: it was not claimed in time, the rotation takes it away.',
    );
  });

  it('says to whom a lead was not offered', () => {
    const data = { passedOver: [{ userId: 'eve', reason: 'capped-daily' }], more: 2 };
    expect(told('LeadOffered', data)).toMatch(/\. Passed over: eve \(has had all leads for this day\) and 2 more\.$/);
  });

  it('says that a lead starts over', () => {
    expect(told('ReassignmentsExhausted', { startsOver: undefined })).toMatch(/could have it\. ann keeps it\.$/);
    expect(told('ReassignmentsExhausted', { startsOver: true, ownerId: 'ann' })).toMatch(
      /could have it\. ann keeps it\. It starts over: all but ann count as not having had it\.$/,
    );
  });
});
