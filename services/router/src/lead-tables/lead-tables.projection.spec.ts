import { describe, expect, it } from '@jest/globals';
import { InMemoryEventLog } from '@lead-rotator/event-log';
import { defaultOrganization } from '@lead-rotator/event-sourcing';
import { eventDefinitions, type LeadId, type RecordedLeadEvent, type UserId } from '@lead-rotator/lead-events';
import { LeadTablesProjection } from './lead-tables.projection.ts';
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
    expect(new LeadTablesProjection(new InMemoryEventLog()).types).toEqual(expect.arrayContaining([...noticeTypes]));
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
