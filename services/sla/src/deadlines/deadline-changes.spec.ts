import { describe, expect, it } from '@jest/globals';
import { evolveLead, type LeadState } from '@lead-rotator/claim';
import { defaultOrganization, type RecordedEvent } from '@lead-rotator/event-sourcing';
import { eventDefinitions, type LeadRotatorEvent } from '@lead-rotator/lead-events';
import { waitingChanges, waitingEventTypes } from '../waiting/waiting-changes.ts';
import { deadlineChanges, deadlineEventTypes } from './deadline-changes.ts';

const sampleOf = (type: keyof typeof eventDefinitions): LeadRotatorEvent =>
  ({ type, data: eventDefinitions[type].sample }) as LeadRotatorEvent;

function recorded(events: readonly LeadRotatorEvent[]): RecordedEvent[] {
  return events.map((event, index) => ({
    ...event,
    version: eventDefinitions[event.type].version,
    position: index + 1,
    at: Date.parse(event.data.at),
    organizationId: defaultOrganization,
    actor: 'service:spec',
    cause: 'request:1',
  }));
}

const ofLeads = (Object.keys(eventDefinitions) as (keyof typeof eventDefinitions)[]).filter(
  (type) => 'leadId' in eventDefinitions[type].sample,
);
const wanted = (events: readonly RecordedEvent[], types: readonly string[]) =>
  events.filter(({ type }) => types.includes(type));

/** What happens to owners only, and so never to a lead that nobody has. */
const ofOwners = ['ClaimMissed', 'LeadDeclined', 'ReassignmentsExhausted'];
const toNobody = ['LeadTakenAway', 'LeadOffered'];

/** Every event of a lead, behind one that set a deadline, behind one by which it waits, and behind an offer. */
const stories = (['LeadAssigned', 'ReassignmentPending', 'LeadTakenAway', 'LeadOffered'] as const).flatMap((first) =>
  ofLeads
    .filter((last) => !(toNobody.includes(first) && ofOwners.includes(last)))
    .map((last): [string, readonly LeadRotatorEvent[]] => [
      `${first}, ${last}`,
      [sampleOf('LeadCaptured'), sampleOf('LeadAssigned'), sampleOf(first), sampleOf(last)],
    ]),
);

function leadAfter(events: readonly LeadRotatorEvent[]): LeadState | undefined {
  let lead: LeadState | undefined;
  for (const event of events) lead = evolveLead(lead, structuredClone(event));
  return lead;
}

describe('the tables agree with the domain about a lead after', () => {
  it.each(stories)('%s', (_, events) => {
    const lead = leadAfter(events);
    const page = recorded(events);
    const [opened] = deadlineChanges(wanted(page, deadlineEventTypes)).opened;
    expect(opened?.due).toBe(lead?.due ?? lead?.offer?.until);
    const [waiting] = waitingChanges(wanted(page, waitingEventTypes)).began;
    expect(waiting?.rotationId).toBe(lead?.pendingIn ?? (lead?.waits === 'for-somebody' ? lead.waitingIn : undefined));
  });
});
