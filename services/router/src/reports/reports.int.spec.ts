import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { recordActivity } from '@lead-rotator/claim';
import type { LeadCommand } from '@lead-rotator/command-handling';
import { defaultOrganization } from '@lead-rotator/event-sourcing';
import { eventually } from '@lead-rotator/eventually';
import type { ActivityId, LeadId, UserId } from '@lead-rotator/lead-events';
import type { TestDatabase } from '@lead-rotator/postgres';
import { changeRotation, pauseMember } from '@lead-rotator/rotation';
import { assignCapturedLead } from '../decisions/assign-captured-lead.ts';
import { capture, leadCaptured } from '../testing/captured.ts';
import { RouterCopy, web } from '../testing/router-copy.ts';
import { createRouterDatabase, RunningRouter } from '../testing/running-router.ts';
import type { DistributionReport } from './report.response.ts';

const january = Date.parse('2026-01-20T09:00:00Z');
const february = Date.parse('2026-02-03T09:00:00Z');

describe('the distribution report', () => {
  let database: TestDatabase;
  let router: RunningRouter;
  let copy: RouterCopy;
  let now = january;

  beforeAll(async () => {
    database = await createRouterDatabase();
    router = await RunningRouter.start(database.url, { messages: false });
    copy = new RouterCopy(router.log, () => now);
    await copy.setUpTeam('ann', 'bob');
    await given('J1', 'J2', 'J3');
    now += 60_000;
    await claim('J1', 'ann');
    now += 60_000;
    await claim('J3', 'ann');
    now = february;
    await copy.configure((distribution, at) =>
      changeRotation(distribution, web, { strategy: { type: 'weighted' } }, at),
    );
    const bob = { rotationId: web, userId: 'bob' as UserId };
    await copy.configure((distribution, at) => pauseMember(distribution, bob, at));
    await given('F1', 'F2');
    await router.send('POST', '/leads/J1/outcome', { is: 'won' });
    await router.send('POST', '/leads/J3/outcome', { is: 'lost' });
    await router.send('POST', '/leads/F1/hand-over', { to: 'bob' });
    // All that the report counts: its table follows the log.
    await eventually(async () => {
      const { rows } = await report('?by=source');
      expect(rows).toMatchObject([
        { source: '=ads', received: 3, turns: 2 },
        { source: 'form', received: 3, turns: 3, won: 1, lost: 1 },
      ]);
    });
  });

  afterAll(async () => {
    await router?.stop();
    await database?.drop();
  });

  async function given(...ids: string[]): Promise<void> {
    const source = ids[0]?.startsWith('J') ? 'form' : '=ads';
    const leads = await capture(router.log, ...ids.map((id) => leadCaptured(id, now, { source })));
    await copy.decideLeads.decide(leads.map((lead) => assignCapturedLead(lead, true)));
  }

  async function claim(leadId: string, userId: string): Promise<void> {
    const act = { kind: 'call', automated: false, occurredAt: now, userId: userId as UserId };
    const command: LeadCommand = {
      context: { organizationId: defaultOrganization, actor: 'service:spec', cause: 'request:spec' },
      leadId: leadId as LeadId,
      decide: (scene, at) => recordActivity(scene, { ...act, activityId: `a ${leadId}` as ActivityId }, at),
    };
    await copy.handler.handle(command);
  }

  const report = async (query: string) => (await router.get<DistributionReport>(`/reports/distribution${query}`)).body;

  it('counts for each member what was received, what came of it, and the share beside the share due', async () => {
    const { rows } = await report('?by=member,rotation&to=2026-02-01');
    expect(rows).toEqual([
      {
        member: 'ann',
        rotation: 'web',
        received: 2,
        turns: 2,
        claimed: 2,
        missed: 0,
        medianSecondsToClaim: 90,
        won: 1,
        lost: 1,
        closeRate: 0.5,
        shareReceived: 0.6667,
        shareDue: 0.5,
      },
      expect.objectContaining({
        member: 'bob',
        received: 1,
        claimed: 0,
        medianSecondsToClaim: null,
        closeRate: null,
        shareReceived: 0.3333,
        shareDue: 0.5,
      }),
    ]);
  });

  it('counts in each month what was due by the settings of that time', async () => {
    const { rows } = await report('?by=member,month&from=2026-01-01');
    expect(rows.map(({ member, month, turns, shareDue }) => [member, month, turns, shareDue]).slice(0, 3)).toEqual([
      ['ann', '2026-01', 2, 0.5],
      ['ann', '2026-02', 2, 1],
      ['bob', '2026-01', 1, 0.5],
    ]);
  });

  it('counts by rotation and source without members, also what no rotation had a part in', async () => {
    const { rows } = await report('?by=rotation,source');
    expect(rows).toEqual([
      expect.objectContaining({ rotation: null, source: '=ads', received: 1, turns: 0 }),
      expect.objectContaining({ rotation: 'web', source: '=ads', received: 2, turns: 2 }),
      expect.objectContaining({ rotation: 'web', source: 'form', received: 3, closeRate: 0.5 }),
    ]);
    expect(rows[0]).not.toHaveProperty('shareDue');
  });

  it('is there as CSV', async () => {
    const { type, text } = await router.text('/reports/distribution?by=source&format=csv');
    expect(type).toBe('text/csv; charset=utf-8');
    expect(text.split('\r\n')).toEqual([
      'source,received,turns,claimed,missed,medianSecondsToClaim,won,lost,closeRate',
      "'=ads,3,2,0,0,,0,0,",
      'form,3,3,2,0,90,1,1,0.5',
      '',
    ]);
    expect(await router.get('/reports/distribution?by=colour')).toMatchObject({ status: 400 });
  });
});
