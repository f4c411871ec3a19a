import { describe, expect, it } from '@jest/globals';
import { defaultOrganization } from '@lead-rotator/event-sourcing';
import type { LeadId } from '@lead-rotator/lead-events';
import fc from 'fast-check';
import { byDue, type Deadline } from './deadline.ts';
import { NearDeadlines } from './near-deadlines.ts';

const deadline = (lead: string, due: number, assigned: number): Deadline => ({
  organizationId: defaultOrganization,
  leadId: lead as LeadId,
  contactIds: [],
  due,
  assigned,
});

describe('the near deadlines', () => {
  it('come out in the order of due and then of assignment', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(20)), (dues) => {
        const near = new NearDeadlines();
        const all = dues.map((due, index) => deadline(`L${index}`, due, index + 1));
        for (const one of all) near.add(one);
        expect(near.takeDue(20, 1_000)).toEqual([...all].sort(byDue));
        expect(near.size).toBe(0);
      }),
    );
  });

  it('are taken up to an instant, and so many at a time', () => {
    const near = new NearDeadlines();
    for (const [index, due] of [30, 10, 20, 11].entries()) near.add(deadline(`L${index}`, due, index + 1));
    expect(near.takeDue(20, 2).map(({ due }) => due)).toEqual([10, 11]);
    expect(near.takeDue(20, 2).map(({ due }) => due)).toEqual([20]);
    expect(near.nextDue).toBe(30);
  });

  it('are one for each lead: the one set last', () => {
    const near = new NearDeadlines();
    near.add(deadline('L1', 10, 7));
    near.add(deadline('L1', 30, 9));
    near.add(deadline('L1', 10, 7));
    expect(near.takeDue(20, 10)).toEqual([]);
    expect(near.takeDue(30, 10)).toEqual([deadline('L1', 30, 9)]);
  });

  it('do not come out when they were withdrawn', () => {
    const near = new NearDeadlines();
    for (const [index, due] of [10, 11, 12].entries()) near.add(deadline(`L${index}`, due, index + 1));
    near.withdraw(defaultOrganization, 'L0' as LeadId);
    near.withdraw(defaultOrganization, 'L2' as LeadId);
    expect(near.nextDue).toBe(11);
    expect(near.takeDue(20, 10).map(({ due }) => due)).toEqual([11]);
  });
});
