import { describe, expect, it } from '@jest/globals';
import { distributionProjection } from '@lead-rotator/command-handling';
import type { UserId } from '@lead-rotator/lead-events';
import { changeMember, changeRotation, changeUserProfile, pauseMember, resumeMember } from '@lead-rotator/rotation';
import { createLogger } from '@lead-rotator/service-host';
import { Registry } from 'prom-client';
import { SlaMetrics } from '../sla-metrics.ts';
import { minute, nine, web } from '../testing/given.ts';
import { slaInMemory } from '../testing/sla-in-memory.ts';
import { storyOf } from '../testing/story.ts';
import { WaitingInMemory } from '../testing/waiting-in-memory.ts';
import { ReleaseWaiting } from './release-waiting.handler.ts';

const member = (user: string) => ({ rotationId: web, userId: user as UserId });

function releaseOf({ given, log, clock }: ReturnType<typeof slaInMemory>): () => Promise<void> {
  const release = new ReleaseWaiting({
    table: new WaitingInMemory(log),
    commands: given.commands,
    distribution: distributionProjection(log),
    metrics: new SlaMetrics(new Registry()),
    logger: createLogger('silent', 'spec'),
    clock: clock.now,
  });
  return () => release.release();
}

/** Ann has L1 to L3, has missed them, and keeps them since bob and eve are paused. */
async function threePending() {
  const sla = slaInMemory();
  const { given, clock } = sla;
  await given.rotation(['ann', 'bob', 'eve'], { within: 30 * minute });
  await given.change((distribution, at) => pauseMember(distribution, member('bob'), at));
  await given.change((distribution, at) => pauseMember(distribution, member('eve'), at));
  await given.leads('L1', 'L2', 'L3');
  clock.time = nine + 30 * minute;
  await sla.fireDue();
  return { ...sla, release: releaseOf(sla) };
}

describe('leads that wait for somebody', () => {
  it('stay where they are while those who are free have had them', async () => {
    const { release, log } = await threePending();
    await release();
    expect(await storyOf(log, 'ReassignmentPending')).toHaveLength(3);
    expect(await storyOf(log, 'LeadReassigned')).toEqual([]);
  });

  it('go out in the order in which they began to wait, when somebody is back', async () => {
    const { release, given, clock, log } = await threePending();
    await release();
    clock.time = nine + 40 * minute;
    await given.change((distribution, at) => resumeMember(distribution, member('bob'), at));
    await release();
    await release();
    expect(await storyOf(log, 'LeadReassigned')).toEqual([
      '09:40 L1 LeadReassigned bob',
      '09:40 L2 LeadReassigned bob',
      '09:40 L3 LeadReassigned bob',
    ]);
  });

  it('go out as far as a cap allows, and the rest when its window is new', async () => {
    const { release, given, clock, log } = await threePending();
    await given.change((distribution, at) => changeRotation(distribution, web, { caps: { hourly: 2 } }, at));
    await given.change((distribution, at) => resumeMember(distribution, member('bob'), at));
    clock.time = nine + 40 * minute;
    await release();
    expect(await storyOf(log, 'LeadReassigned')).toHaveLength(2);
    clock.time = nine + 60 * minute;
    await release();
    expect((await storyOf(log, 'LeadReassigned')).at(-1)).toBe('10:00 L3 LeadReassigned bob');
  });

  it('are not taken from an owner who has claimed them meanwhile', async () => {
    const { release, given, act, log } = await threePending();
    expect(await act('L2', 'ann')).toBe('claims ann');
    await given.change((distribution, at) => resumeMember(distribution, member('bob'), at));
    await release();
    expect((await storyOf(log, 'LeadReassigned')).map((line) => line.split(' ')[1])).toEqual(['L1', 'L3']);
  });

  it('are tried again when one of them comes to suit somebody', async () => {
    const { release, given, log } = await threePending();
    await given.change((distribution, at) =>
      changeMember(distribution, { ...member('bob'), settings: { filter: { field: 'status', is: 'hot' } } }, at),
    );
    await given.change((distribution, at) => resumeMember(distribution, member('bob'), at));
    await release();
    await release();
    expect(await storyOf(log, 'LeadReassigned')).toEqual([]);
    await given.status('L2', 'hot');
    await release();
    expect((await storyOf(log, 'LeadReassigned')).map((line) => line.split(' ')[1])).toEqual(['L2']);
  });

  it.each([
    ['a shift begins', { hours: { 'mon-fri': '10:00-18:00' } }, 60],
    ['an absence ends', { away: [{ from: '2026-01-05T08:00:00Z', to: '2026-01-05T11:00:00Z' }] }, 120],
  ])('go out when %s', async (_, profile, minutes) => {
    const { release, given, clock, log } = await threePending();
    await given.change((distribution, at) =>
      changeUserProfile(distribution, { userId: 'bob' as UserId, ...profile }, at),
    );
    await given.change((distribution, at) => resumeMember(distribution, member('bob'), at));
    clock.time = nine + minutes * minute - 1;
    await release();
    await release();
    expect(await storyOf(log, 'LeadReassigned')).toEqual([]);
    clock.time = nine + minutes * minute;
    await release();
    expect((await storyOf(log, 'LeadReassigned')).map((line) => line.split(' ')[1])).toEqual(['L1', 'L2', 'L3']);
  });

  it('go out in parts when what is recorded of those passed over is too much for one unit of the log', async () => {
    const sla = slaInMemory();
    const { given, log } = sla;
    const passedOver = Array.from({ length: 50 }, (_, index) => `member-${index}-${'x'.repeat(180)}`);
    await given.rotation([...passedOver, 'bob'], { within: 30 * minute }, { whenNobody: 'hold' });
    const settings = { filter: { field: 'status', is: 'hot' } } as const;
    for (const user of passedOver) {
      await given.change((distribution, at) => changeMember(distribution, { ...member(user), settings }, at));
    }
    await given.change((distribution, at) => pauseMember(distribution, member('bob'), at));
    for (let block = 0; block < 3; block += 1) {
      await given.leads(...Array.from({ length: 40 }, (_, index) => `L${block}-${index}`));
    }
    await given.change((distribution, at) => resumeMember(distribution, member('bob'), at));
    await releaseOf(sla)();
    expect(await storyOf(log, 'LeadAssigned')).toHaveLength(120);
  });

  it('go out when it is another day, for the cap of the day', async () => {
    const { release, given, clock, log } = await threePending();
    await given.change((distribution, at) => changeRotation(distribution, web, { caps: { daily: 1 } }, at));
    await given.change((distribution, at) => resumeMember(distribution, member('bob'), at));
    await release();
    expect(await storyOf(log, 'LeadReassigned')).toHaveLength(1);
    clock.time = Date.UTC(2026, 0, 6) - 1;
    await release();
    expect(await storyOf(log, 'LeadReassigned')).toHaveLength(1);
    clock.time += 1;
    await release();
    expect((await storyOf(log, 'LeadReassigned')).at(-1)).toBe('00:00 L2 LeadReassigned bob');
  });
});
