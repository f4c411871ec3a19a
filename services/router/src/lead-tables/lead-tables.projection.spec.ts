import { describe, expect, it } from '@jest/globals';
import { defaultOrganization } from '@lead-rotator/event-sourcing';
import { eventDefinitions, type LeadId, type RecordedLeadEvent, type UserId } from '@lead-rotator/lead-events';
import { foldAssignments } from './assignment-changes.ts';
import { foldLeadFacts } from './lead-fact-changes.ts';
import { leadTablesProjection } from './lead-tables.projection.ts';
import { noticeRows, noticeTypes } from './notice-rows.ts';
import { foldUnassignedLeads } from './unassigned-lead-changes.ts';

type Type = keyof typeof eventDefinitions;
const lead = { leadId: 'L1' as LeadId };
const to = (ownerId: string) => ({ ...lead, ownerId: ownerId as UserId });

type Happened = readonly [type: Type, data?: object];

/** Samples of these types, changed, at positions from 1 on, a second after the other. */
function events(...happened: readonly Happened[]): RecordedLeadEvent[] {
  return happened.map(([type, data], index) => ({
    organizationId: defaultOrganization,
    actor: 'service:spec',
    cause: 'request:1',
    type,
    version: 1,
    position: index + 1,
    at: (index + 1) * 1_000,
    data: { ...eventDefinitions[type].sample, ...data },
  })) as RecordedLeadEvent[];
}

describe('the lead tables', () => {
  it('read every event that raises a notice', () => {
    const raising = Object.values(eventDefinitions).filter(({ data }) => 'notice' in data.properties);
    expect(raising.map(({ type }) => type).toSorted()).toEqual([...noticeTypes].toSorted());
    expect(leadTablesProjection.types).toEqual(expect.arrayContaining([...noticeTypes]));
  });

  it('remember of a page what each assignment came to, and what the one before it came to', () => {
    const { given, changed } = foldAssignments(
      events(
        ['ClaimMissed', to('ann')],
        ['LeadReassigned', to('bob')],
        ['LeadClaimed', to('bob')],
        ['LeadHandedOver', to('eve')],
        ['LeadWon', to('eve')],
      ),
    );
    expect([...changed.values()]).toMatchObject([{ leadId: 'L1', missedAt: 1_000, claimedAt: null, outcome: null }]);
    expect(given).toMatchObject([
      { userId: 'bob', position: 2, byTurn: true, rotationId: 'web', claimedAt: 3_000, outcome: null },
      { userId: 'eve', position: 4, byTurn: false, rotationId: null, claimedAt: null, outcome: 'won' },
    ]);
  });

  it('count the outcome of a lead that nobody has for nobody', () => {
    const { ownerId: _, ...ofNobody } = eventDefinitions.LeadLost.sample;
    const [lost] = events(['LeadLost']);
    const event = { ...lost, data: { ...ofNobody, ...lead } } as RecordedLeadEvent;
    expect([...foldAssignments([event]).changed.values()]).toMatchObject([{ outcome: null }]);
  });

  it('keep a lead among those that nobody has until somebody has it, or it is closed', () => {
    const left = (...happened: Happened[]) => {
      const changes = foldUnassignedLeads(events(...happened));
      return { left: [...changes.left.values()], gone: [...changes.gone.keys()].length };
    };
    expect(left(['LeadAssigned', lead], ['LeadTakenAway', lead])).toMatchObject({
      left: [{ leadId: 'L1', sincePosition: 2, rotationId: 'web', waits: 'for-somebody' }],
      gone: 0,
    });
    expect(left(['LeadOffered', lead])).toMatchObject({ left: [{ waits: 'offered', until: expect.any(Number) }] });
    expect(left(['LeadLeftUnassigned', lead], ['LeadPickedUp', lead])).toEqual({ left: [], gone: 1 });
    expect(left(['LeadLeftUnassigned', lead], ['LeadLost', lead])).toEqual({ left: [], gone: 1 });
  });

  it('know the status of a lead that was captured in the page, and before it', () => {
    const { captured, statuses } = foldLeadFacts(
      events(
        ['LeadCaptured', lead],
        ['LeadStatusChanged', { ...lead, status: 'won over' }],
        ['LeadStatusChanged', { leadId: 'L2', status: 'contacted' }],
      ),
    );
    expect([...captured.values()]).toMatchObject([{ leadId: 'L1', status: 'won over' }]);
    expect([...statuses.values()]).toMatchObject([{ leadId: 'L2', status: 'contacted' }]);
  });

  it('say whom a notice is about', () => {
    expect(
      noticeRows(events(['ClaimMissed', to('ann')], ['LeadTakenAway', lead], ['MemberPaused'], ['LeadWon'])),
    ).toMatchObject([
      { notice: 'missed', userId: 'ann', leadId: 'L1' },
      { notice: 'nobody-eligible', userId: 'ann' },
      { notice: 'member-paused', position: 3 },
    ]);
  });
});
