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

  it('says for whom number one on the roster stands in', () => {
    const { events: others } = runScenario(`
users: [ann, bob, eve]
rotations:
  - { id: backed, members: [{ user: bob, paused: true }], whenNobody: { backup: eve } }
  - { id: owned, owner: eve, members: [{ user: bob, paused: true }], whenNobody: owner }
  - { id: empty, owner: eve, members: [] }
  - { id: given, members: [bob], strategy: { type: manual, assignee: eve } }
  - { id: spent, members: [bob], claim: { within: 5m, whenExhausted: { backup: eve } } }
  - { id: off, members: [bob], on: false }
rules:
  - { id: b, when: { field: source, is: backed }, to: { rotation: backed } }
  - { id: o, when: { field: source, is: owned }, to: { rotation: owned } }
  - { id: e, when: { field: source, is: empty }, to: { rotation: empty } }
  - { id: g, when: { field: source, is: given }, to: { rotation: given } }
  - { id: s, when: { field: source, is: spent }, to: { rotation: spent } }
  - { id: f, when: { field: source, is: off }, to: { rotation: off } }
  - { id: rest, to: { user: eve } }
steps:
  - { lead: { id: K0, source: backed } }
  - { deactivate: { user: eve } }
  - { lead: { id: K1, source: backed } }
  - { lead: { id: K2, source: owned } }
  - { lead: { id: K3, source: empty } }
  - { lead: { id: K4, source: given } }
  - { lead: { id: K5, source: none } }
  - { lead: { id: K6, source: spent } }
  - { lead: { id: K7, source: off } }
  - { wait: 10m }
`);
    const log = record(others);
    const standsIn = (lead: string) =>
      explainLead(log, lead as LeadId)
        ?.entries.at(-1)
        ?.reasons.filter((reason) => /stands in/.test(reason));
    for (const lead of ['K1', 'K2', 'K3', 'K4', 'K5', 'K6']) {
      expect([lead, standsIn(lead)]).toEqual([
        lead,
        ['eve is named for it and inactive: number one on the roster stands in.'],
      ]);
    }
    for (const lead of ['K0', 'K7']) expect([lead, standsIn(lead)]).toEqual([lead, []]);
  });

  it('counts one rule as one', () => {
    const rule = (id: number) => `  - { id: r${id}, when: { field: source, is: s${id} }, to: { user: ann } }`;
    const story = (rules: number) =>
      explainLead(
        record(
          runScenario(
            `users: [ann]\nrules:\n${Array.from({ length: rules }, (_, index) => rule(index)).join('\n')}\n  - { id: rest, to: { user: ann } }\nsteps:\n  - { lead: L1 }\n`,
          ).events,
        ),
        'L1' as LeadId,
      )?.entries[1]?.reasons.at(-1);
    expect(story(6)).toBe('And 1 more rule before it.');
    expect(story(7)).toBe('And 2 more rules before it.');
  });
});
