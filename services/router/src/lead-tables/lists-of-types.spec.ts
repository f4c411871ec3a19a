import { describe, expect, it } from '@jest/globals';
import { evolveLead, type LeadState } from '@lead-rotator/claim';
import { defaultOrganization } from '@lead-rotator/event-sourcing';
import { eventDefinitions, type LeadRotatorEvent, type RecordedLeadEvent } from '@lead-rotator/lead-events';
import { decisionTypes } from '../backstop/sweep-undecided.handler.ts';
import { foldOwnedLeads, ownedLeadTypes } from '../owned-leads/owned-lead-changes.ts';
import { foldUnassignedLeads, unassignedLeadTypes } from './unassigned-lead-changes.ts';

type Type = keyof typeof eventDefinitions;

const ofLeads = (Object.keys(eventDefinitions) as Type[]).filter((type) => 'leadId' in eventDefinitions[type].sample);

/** What happens to owners only, and so never to a lead that nobody has. */
const ofOwners: readonly Type[] = [
  'ClaimMissed',
  'LeadDeclined',
  'LeadClaimed',
  'ClaimDeadlineNeared',
  'OwnerFoundInactive',
  'ReassignmentPending',
  'ReassignmentsExhausted',
];
/** What happens only to a lead that nobody has. */
const ofNobody: readonly Type[] = ['LeadAssigned', 'LeadLeftUnassigned'];
/** Never the last event of its unit: it says where the lead lies with those that follow. */
const goesOn: Type = 'LeadRerouted';
/** What only a lead comes to that is decided. */
const ofDecided: readonly Type[] = ['LeadReassigned', 'LeadPickedUp', 'LeadTakenAway'];

/** The golden samples of these types, one after the other: all of one lead. */
const recorded = (types: readonly Type[]): RecordedLeadEvent[] =>
  types.map((type, index) => ({
    ...({ type, data: structuredClone(eventDefinitions[type].sample) } as LeadRotatorEvent),
    version: eventDefinitions[type].version,
    position: index + 1,
    at: index,
    organizationId: defaultOrganization,
    actor: 'service:spec',
    cause: 'request:1',
  }));

const stories = (['LeadAssigned', 'LeadLeftUnassigned', 'LeadTakenAway', 'LeadOffered'] as const).flatMap((first) =>
  ofLeads
    .filter((last) => last !== goesOn && !(first === 'LeadAssigned' ? ofNobody : ofOwners).includes(last))
    .map((last): [string, readonly Type[]] => [`${first}, ${last}`, ['LeadCaptured', first, last]]),
);

/**
 * The tables read some types of events, and the domain all of them: one that is new and moves leads must come into the
 * lists too.
 */
describe('the lists of types agree with the domain about a lead after', () => {
  const read = (events: readonly RecordedLeadEvent[], types: readonly string[]) =>
    events.filter(({ type }) => types.includes(type));

  it.each(stories)('%s', (_, types) => {
    const events = recorded(types);
    let lead: LeadState | undefined;
    for (const event of events) lead = evolveLead(lead, structuredClone(event));
    const [owned] = foldOwnedLeads(read(events, ownedLeadTypes)).given.values();
    expect(owned?.ownerId).toBe(lead?.ownerId);
    if (owned !== undefined) {
      const { claimed, due, outcome } = owned;
      expect({ claimed, due, outcome }).toEqual({
        claimed: lead?.claimed,
        due: lead?.due ?? null,
        outcome: lead?.closed ?? null,
      });
    }
    const [left] = foldUnassignedLeads(read(events, unassignedLeadTypes)).left.values();
    expect(left !== undefined).toBe(lead?.ownerId === undefined && lead?.closed === undefined);
    expect(left?.waits ?? undefined).toBe(lead?.offer === undefined ? lead?.waits : 'offered');
  });

  it.each(ofLeads.filter((type) => !ofDecided.includes(type)))('LeadCaptured, %s: whether it is decided', (last) => {
    const events = recorded(['LeadCaptured', last]);
    let lead: LeadState | undefined;
    for (const event of events) lead = evolveLead(lead, structuredClone(event));
    expect(decisionTypes.includes(last)).toBe(lead?.decided);
  });
});
