import { describe, expect, it } from '@jest/globals';
import type { LeadId, RecordedLeadEvent } from '@lead-rotator/lead-events';
import { runScenario } from '@lead-rotator/scenario';
import { record } from '../testing/record.ts';
import { explainLead } from './explain-lead.ts';

const recorded = record(
  runScenario(`
users: [ann, bob, { id: eve, hours: { sat: "09:00-12:00" } }, kim]
rotations:
  - id: web
    members: [eve, { user: kim, filter: { field: attributes.language, is: fr } }, ann, bob]
    claim: { within: 15m }
rules:
  - { id: french, when: { field: country, is: FR }, to: { rotation: web } }
  - { id: german, when: { any: [{ field: country, in: [DE, AT] }, { field: attributes.language, is: de }] }, to: { rotation: web } }
  - { id: rest, to: { rotation: web } }
steps:
  - { lead: { id: L1, source: facebook, country: DE, attributes: { language: en } } }
  - { wait: 15m }
  - { act: { lead: L1, by: bob, kind: call } }
`).events,
);

/** Bob is given a name after the first decision: what was decided before is told with the ids alone. */
const named = (event: RecordedLeadEvent): RecordedLeadEvent[] =>
  event.type === 'ClaimMissed'
    ? [
        { ...event, type: 'UserProfileChanged', data: { userId: 'bob', name: 'Bob Ray', at: event.data.at } } as never,
        event,
      ]
    : [event];
const events = recorded.flatMap(named);

const explained = () => explainLead(events, 'L1' as LeadId);
const told = (type: string) => explained()?.entries.find((entry) => entry.type === type);

describe('the story of a lead', () => {
  it('is told in order, without what is about others', () => {
    expect(explained()?.entries.map(({ type }) => type)).toEqual([
      'LeadCaptured',
      'LeadAssigned',
      'ClaimMissed',
      'LeadReassigned',
      'LeadActivityRecorded',
      'LeadClaimed',
    ]);
  });

  it('says of a decision who was passed over and why, which rule held, and by which part of its condition', () => {
    const { words, reasons } = told('LeadAssigned') ?? {};
    expect(words).toContain('Passed over: eve (outside their hours), kim (takes no such leads).');
    expect(words).toContain('To be claimed before 2026-01-05T09:15:00.000Z.');
    expect(reasons).toEqual([
      'Rule german of version 1 held: country is one of DE, AT.',
      'Before it, rule french did not hold: country is FR.',
      'kim takes leads for which: attributes.language is fr.',
    ]);
  });

  it('uses the names of that moment', () => {
    expect(told('LeadReassigned')?.words).toMatch(
      /^Went to Bob Ray \(bob\) in place of ann: it was not claimed in time/,
    );
  });

  it('says who caused it', () => {
    expect(told('LeadAssigned')).toMatchObject({ actor: 'service:router', by: 'the router' });
  });

  it('says that the contact was erased, and that what was recorded counts', () => {
    const erased = events.map((event) =>
      event.type === 'LeadCaptured' ? { ...event, data: { ...event.data, person: { erased: true } as never } } : event,
    );
    const story = explainLead(erased, 'L1' as LeadId);
    expect(story?.person).toEqual({ erased: true });
    expect(story?.entries[1]?.reasons[0]).toBe(
      'Rule german of version 1 held, as was recorded (the contact was erased): country is one of DE, AT or attributes.language is de.',
    );
  });

  it('is undefined for a lead that was never captured', () => {
    expect(explainLead(events, 'L9' as LeadId)).toBeUndefined();
  });
});
