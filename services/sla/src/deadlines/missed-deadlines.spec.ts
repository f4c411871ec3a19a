import { describe, expect, it } from '@jest/globals';
import type { UserId } from '@lead-rotator/lead-events';
import { pauseMember } from '@lead-rotator/rotation';
import { HandClock, minute, nine, web } from '../testing/given.ts';
import { slaInMemory } from '../testing/sla-in-memory.ts';
import { storyOf } from '../testing/story.ts';

const night = { days: 'mon-sun', from: '22:00', to: '07:00' };

describe('a lead that is not claimed in time', () => {
  it('goes on at the very instant of its deadline, and a claim at that instant is too late', async () => {
    const sla = slaInMemory();
    await sla.given.rotation(['ann', 'bob'], { within: 30 * minute });
    await sla.given.leads('L1');
    sla.clock.time = nine + 30 * minute - 1;
    expect(await sla.fireDue()).toBe(0);
    sla.clock.time = nine + 30 * minute;
    expect(await sla.act('L1', 'ann')).toBe('too-late ann');
    expect(await sla.fireDue()).toBe(1);
    expect(await sla.act('L1', 'ann')).toBe('too-late bob');
    expect(await storyOf(sla.log, 'LeadAssigned', 'ClaimMissed', 'LeadReassigned', 'LeadClaimed')).toEqual([
      '09:00 L1 LeadAssigned ann',
      '09:30 L1 ClaimMissed ann',
      '09:30 L1 LeadReassigned bob',
    ]);
  });

  it('stays with an owner who has claimed it a millisecond before', async () => {
    const sla = slaInMemory();
    await sla.given.rotation(['ann', 'bob'], { within: 30 * minute });
    await sla.given.leads('L1');
    sla.clock.time = nine + 30 * minute - 1;
    expect(await sla.act('L1', 'ann')).toBe('claims ann');
    sla.clock.time = nine + 60 * minute;
    expect(await sla.fireDue()).toBe(0);
  });

  it('goes to those who have not had it, and stays with the last', async () => {
    const sla = slaInMemory();
    await sla.given.rotation(['ann', 'bob', 'eve'], { within: 30 * minute });
    await sla.given.leads('L1');
    for (let round = 1; round <= 5; round += 1) {
      sla.clock.time = nine + round * 30 * minute;
      await sla.fireDue();
    }
    expect(await storyOf(sla.log, 'LeadAssigned', 'LeadReassigned', 'ReassignmentsExhausted')).toEqual([
      '09:00 L1 LeadAssigned ann',
      '09:30 L1 LeadReassigned bob',
      '10:00 L1 LeadReassigned eve',
      '10:30 L1 ReassignmentsExhausted eve',
    ]);
  });

  it('goes on in the order of due and then of assignment, also after an hour in which nobody looked', async () => {
    const sla = slaInMemory();
    await sla.given.rotation(['ann', 'bob', 'eve'], { within: 30 * minute });
    await sla.given.leads('L1', 'L2', 'L3');
    sla.clock.time = nine + minute;
    await sla.given.leads('L4');
    sla.clock.time = nine + 90 * minute;
    expect(await sla.fireDue()).toBe(4);
    expect(await storyOf(sla.log, 'LeadReassigned')).toEqual([
      '10:30 L1 LeadReassigned bob',
      '10:30 L2 LeadReassigned eve',
      '10:30 L3 LeadReassigned ann',
      '10:30 L4 LeadReassigned bob',
    ]);
    expect(await sla.fireDue()).toBe(0);
  });

  it('is left where it is in a pause, and has the full window after it', async () => {
    const sla = slaInMemory(undefined, new HandClock(Date.UTC(2026, 0, 5, 21, 30)));
    await sla.given.rotation(['ann', 'bob'], { within: 30 * minute, pauses: [night] });
    await sla.given.leads('L1');
    sla.clock.time = Date.UTC(2026, 0, 6, 7, 29, 59);
    expect(await sla.fireDue()).toBe(0);
    sla.clock.time = Date.UTC(2026, 0, 6, 7, 30);
    await sla.fireDue();
    expect(await storyOf(sla.log, 'LeadReassigned')).toEqual(['07:30 L1 LeadReassigned bob']);
  });

  it('goes on once, when two copies fire it at the same time', async () => {
    const one = slaInMemory();
    await one.given.rotation(['ann', 'bob', 'eve'], { within: 30 * minute });
    const ids = Array.from({ length: 40 }, (_, index) => `L${index}`);
    await one.given.leads(...ids);
    const other = slaInMemory(one.log, one.clock);
    one.clock.time = nine + 30 * minute;
    await Promise.all([one.fireDue(), other.fireDue()]);
    const story = await storyOf(one.log, 'LeadReassigned');
    expect(story).toHaveLength(40);
    expect(new Set(story.map((line) => line.split(' ')[1])).size).toBe(40);
    expect(
      ((await one.figure('deadlines_fired_total')) ?? 0) + ((await other.figure('deadlines_fired_total')) ?? 0),
    ).toBe(40);
  });

  it('is decided at its own deadline or later, when the clock of the process is set back', async () => {
    const sla = slaInMemory();
    await sla.given.rotation(['ann', 'bob'], { within: 30 * minute });
    await sla.given.leads('L1');
    sla.clock.time = nine + 30 * minute;
    await sla.watch.load(sla.clock.now());
    const due = sla.watch.takeDue(sla.clock.now(), 10);
    sla.clock.time = nine - 60 * minute;
    await sla.fire.fire(due);
    expect(await storyOf(sla.log, 'LeadReassigned')).toEqual(['09:30 L1 LeadReassigned bob']);
  });

  it('does not hold up the others when it cannot be decided', async () => {
    const sla = slaInMemory(undefined, undefined, ({ lead }) => {
      if (lead.facts.leadId === 'L1') throw new Error('a fault of the decider');
      return [];
    });
    await sla.given.rotation(['ann', 'bob'], { within: 30 * minute });
    await sla.given.leads('L1', 'L2');
    sla.clock.time = nine + 30 * minute;
    expect(await sla.fireDue()).toBe(2);
    expect(await sla.figure('deadlines_failed_total')).toBe(1);
  });

  it('goes on in smaller appends, when so many members were passed over that one would be too large', async () => {
    const sla = slaInMemory();
    const away = Array.from({ length: 60 }, (_, index) => `member-${index}-with-a-name-of-some-length`);
    await sla.given.rotation(['ann', ...away, 'bob'], { within: 30 * minute });
    for (const user of away) {
      const member = { rotationId: web, userId: user as UserId };
      await sla.given.change((distribution, at) => pauseMember(distribution, member, at));
    }
    const ids = Array.from({ length: 800 }, (_, index) => `L${index}`);
    for (let from = 0; from < 800; from += 200) await sla.given.leads(...ids.slice(from, from + 200));
    sla.clock.time = nine + 30 * minute;
    expect(await sla.fireDue()).toBe(800);
    expect(await storyOf(sla.log, 'LeadReassigned')).toHaveLength(800);
  });
});
