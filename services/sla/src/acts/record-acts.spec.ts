import { describe, expect, it } from '@jest/globals';
import type { ActivityId } from '@lead-rotator/lead-events';
import { minute, nine } from '../testing/given.ts';
import { slaInMemory } from '../testing/sla-in-memory.ts';
import { storyOf } from '../testing/story.ts';

async function lateInTheWindow() {
  const sla = slaInMemory();
  await sla.given.rotation(['ann', 'bob', 'eve'], { within: 30 * minute });
  await sla.given.leads('L1');
  sla.clock.time = nine + 10 * minute;
  return sla;
}

describe('an act', () => {
  it('of the owner claims the lead', async () => {
    const sla = await lateInTheWindow();
    expect(await sla.act('L1', 'ann')).toBe('claims ann');
    expect(await storyOf(sla.log, 'LeadActivityRecorded', 'LeadClaimed')).toEqual([
      '09:10 L1 LeadActivityRecorded claims',
      '09:10 L1 LeadClaimed ann',
    ]);
  });

  it('may name its user by email', async () => {
    const sla = await lateInTheWindow();
    expect(await sla.act('L1', 'Ann@acme.example')).toBe('claims ann');
  });

  it.each([
    ['viewing', { kind: 'view' }, 'no-claim-kind'],
    ['of a program', { automated: true }, 'automated'],
    ['of somebody else', { by: 'bob' }, 'not-owner'],
    ['from before the owner had the lead', { occurredAt: nine - 1 }, 'before-ownership'],
  ])('%s is recorded and claims nothing', async (_, more, reason) => {
    const sla = await lateInTheWindow();
    expect(await sla.act('L1', 'ann', more)).toBe(`recorded ${reason} ann`);
    sla.clock.time = nine + 30 * minute;
    await sla.fireDue();
    expect(await storyOf(sla.log, 'LeadReassigned')).toEqual(['09:30 L1 LeadReassigned bob']);
  });

  it('of a former owner is answered too-late, with the present owner', async () => {
    const sla = await lateInTheWindow();
    sla.clock.time = nine + 30 * minute;
    await sla.fireDue();
    sla.clock.time = nine + 31 * minute;
    expect(await sla.act('L1', 'ann')).toBe('too-late bob');
    expect(await sla.act('L1', 'bob')).toBe('claims bob');
  });

  it('done in time and told late claims, as long as the deadline has not fired', async () => {
    const sla = await lateInTheWindow();
    sla.clock.time = nine + 45 * minute;
    expect(await sla.act('L1', 'ann', { occurredAt: nine + 20 * minute })).toBe('claims ann');
    expect(await sla.fireDue()).toBe(0);
  });

  it('from the future counts as done now', async () => {
    const sla = await lateInTheWindow();
    expect(await sla.act('L1', 'ann', { occurredAt: nine + 40 * minute })).toBe('claims ann');
    expect(await storyOf(sla.log, 'LeadActivityRecorded')).toEqual(['09:10 L1 LeadActivityRecorded claims']);
  });

  it('told twice is recorded once, and gets its first answer again, whoever has the lead by then', async () => {
    const sla = await lateInTheWindow();
    const activityId = 'a1' as ActivityId;
    const view = { activityId, kind: 'view' };
    expect(await sla.act('L1', 'ann', view)).toBe('recorded no-claim-kind ann');
    sla.clock.time = nine + 30 * minute;
    await sla.fireDue();
    expect(await sla.act('L1', 'ann', view)).toBe('recorded no-claim-kind ann');
    expect(await storyOf(sla.log, 'LeadActivityRecorded')).toHaveLength(1);
  });

  it('told many times at once is recorded once, and all get the same answer', async () => {
    const sla = await lateInTheWindow();
    const activityId = 'a1' as ActivityId;
    const answers = await Promise.all(Array.from({ length: 5 }, () => sla.act('L1', 'ann', { activityId })));
    expect(new Set(answers)).toEqual(new Set(['claims ann']));
    expect(await storyOf(sla.log, 'LeadActivityRecorded')).toHaveLength(1);
  });

  it('on a lead or by a user that nobody knows is refused', async () => {
    const sla = await lateInTheWindow();
    expect(await sla.act('L9', 'ann')).toBe('refused unknown-lead');
    expect(await sla.act('L1', 'nobody')).toBe('refused unknown-user');
    expect(await storyOf(sla.log, 'LeadActivityRecorded')).toEqual([]);
  });
});
