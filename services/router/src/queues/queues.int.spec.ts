import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { eventually } from '@lead-rotator/eventually';
import type { Strategy, UserId } from '@lead-rotator/lead-events';
import type { TestDatabase } from '@lead-rotator/postgres';
import { changeRotation, registerUser } from '@lead-rotator/rotation';
import type { LeadAnswer } from '../leads/lead.response.ts';
import type { NoticesAnswer } from '../notices/notice.response.ts';
import { capture, decisions, leadCaptured } from '../testing/captured.ts';
import { RouterCopy, web } from '../testing/router-copy.ts';
import { createRouterDatabase, RunningRouter } from '../testing/running-router.ts';
import type { QueueAnswer } from './queue.response.ts';
import type { UnassignedLeadsAnswer } from './unassigned.response.ts';

describe('queues, and the leads that nobody has', () => {
  let database: TestDatabase;
  let router: RunningRouter;
  let copy: RouterCopy;

  beforeAll(async () => {
    database = await createRouterDatabase();
    router = await RunningRouter.start(database.url);
    copy = new RouterCopy(router.log, Date.now);
    await copy.setUpTeam('ann');
    const pat = { userId: 'pat' as UserId, email: 'pat@example.com', permissions: ['pick-up'] };
    await copy.configure((distribution, at) => registerUser(distribution, pat, at));
    await router.send('POST', '/rotations/web/members', { user: 'pat' });
    await strategy({ type: 'queue-preview', previewFields: ['source', 'region', 'attributes.budget'] });
    await given('Q1', { region: 'HH', person: { email: 'q1@lead.example', attributes: { budget: 5000 } } });
    await given('Q2', { status: 'contacted' });
    await given('Q3');
  });

  afterAll(async () => {
    await router?.stop();
    await database?.drop();
  });

  const strategy = (changed: Strategy) =>
    copy.configure((distribution, at) => changeRotation(distribution, web, { strategy: changed }, at));

  async function given(id: string, more: Parameters<typeof leadCaptured>[2] = {}): Promise<void> {
    const before = (await decisions(router.log)).length;
    await capture(router.log, leadCaptured(id, Date.now(), more));
    await eventually(async () => expect(await decisions(router.log)).toHaveLength(before + 1));
  }

  const queue = async (query = '') => (await router.get<QueueAnswer>(`/rotations/web/queue${query}`)).body;
  const idsIn = async (query = '') => (await queue(query)).leads.map(({ id }) => id);

  it('shows of a lead the fields of the preview, page by page, the longest waiting first', async () => {
    await eventually(async () => expect(await idsIn()).toEqual(['Q1', 'Q2', 'Q3']));
    const page = await queue('?limit=2');
    expect(page).toMatchObject({ rotationId: 'web', strategy: 'queue-preview', waiting: 3 });
    expect(page.leads).toEqual([
      { id: 'Q1', since: expect.any(String), fields: { source: 'spec', region: 'HH', 'attributes.budget': 5000 } },
      { id: 'Q2', since: expect.any(String), fields: { source: 'spec' } },
    ]);
    expect(await queue(`?limit=2&cursor=${page.cursor}`)).toEqual({
      ...page,
      leads: [expect.objectContaining({ id: 'Q3' })],
      cursor: undefined,
    });
    expect((await router.get('/rotations/web/queue?limit=0')).status).toBe(400);
    expect(await router.get('/rotations/none/queue')).toMatchObject({ status: 404 });
  });

  it('shows of a lead in a hidden queue only that it is there', async () => {
    await strategy({ type: 'queue-hidden' });
    expect((await queue()).leads).toEqual([1, 2, 3].map(() => ({ since: expect.any(String) })));
  });

  it('shows of others all but who the person is', async () => {
    await strategy({ type: 'round-robin' });
    expect((await queue()).leads[0]?.fields).toEqual({ source: 'spec', status: 'new', region: 'HH' });
  });

  it('gives whoever may pick up the longest waiting that may be picked', async () => {
    const pick = (by: string) => router.send<LeadAnswer>('POST', '/rotations/web/pick-up', { by });
    expect(await pick('ann')).toMatchObject({ status: 403, body: { code: 'not-allowed' } });
    await router.send('POST', '/rotations', {
      id: 'empty',
      name: 'Empty',
      members: [{ user: 'ann' }, { user: 'pat' }],
    });
    const ofNone = (by: string) => router.send('POST', '/rotations/empty/pick-up', { by });
    expect(await ofNone('ann')).toMatchObject({ status: 403, body: { code: 'not-allowed' } });
    expect(await ofNone('pat')).toMatchObject({ status: 409, body: { code: 'not-in-queue' } });
    await copy.configure((distribution, at) =>
      changeRotation(distribution, web, { pickUp: { default: ['contacted'] } }, at),
    );
    expect(await pick('pat')).toMatchObject({ status: 200, body: { id: 'Q2', ownerId: 'pat', state: 'claimed' } });
    expect(await pick('pat')).toMatchObject({ status: 409, body: { code: 'not-permitted-status' } });
    await router.send('POST', '/leads/Q3/status', { is: 'contacted' });
    await eventually(async () => expect(await pick('pat')).toMatchObject({ status: 200, body: { id: 'Q3' } }));
    await eventually(async () => expect(await idsIn()).toEqual(['Q1']));
  });

  it('lists what nobody has, with the reason and the notices of each', async () => {
    await router.send('POST', '/rotations/web/members/ann/pause');
    await router.send('POST', '/rotations/web/members/pat/pause');
    await given('U1', { group: 'loans' });
    const all = () => router.get<UnassignedLeadsAnswer>('/leads/unassigned');
    await eventually(async () => expect((await all()).body.leads.map(({ id }) => id)).toEqual(['Q1', 'U1']));
    expect((await all()).body.leads[1]).toEqual({
      id: 'U1',
      since: expect.any(String),
      state: 'waiting',
      rotationId: 'web',
      reason: expect.stringMatching(/nobody is eligible\. Passed over: ann \(paused\), pat \(paused\)\. It waits in/),
      why: { step: 'rules', reason: 'nobody-eligible', rule: 'first-rotation', ruleSet: 0 },
      notices: ['nobody-eligible'],
      source: 'spec',
      group: 'loans',
      status: 'new',
      person: { email: 'u1@lead.example' },
    });
    const page = await router.get<UnassignedLeadsAnswer>('/leads/unassigned?limit=1');
    const next = await router.get<UnassignedLeadsAnswer>(`/leads/unassigned?limit=1&cursor=${page.body.cursor}`);
    expect(next.body.leads).toMatchObject([{ id: 'U1' }]);
    await router.send('POST', '/leads/U1/outcome', { is: 'lost' });
    await eventually(async () => expect((await all()).body.leads.map(({ id }) => id)).toEqual(['Q1']));
  });

  it('lists the notices, the newest first, by lead, rotation and kind', async () => {
    await given('U2');
    const notices = async (query: string) => (await router.get<NoticesAnswer>(`/notices${query}`)).body.notices;
    await eventually(async () => {
      expect((await notices('')).map(({ leadId }) => leadId)).toEqual(['U2', 'U1']);
    });
    expect(await notices('?lead=U1&rotation=web&notice=nobody-eligible,missed')).toEqual([
      {
        position: expect.any(Number),
        at: expect.any(String),
        notice: 'nobody-eligible',
        leadId: 'U1',
        rotationId: 'web',
      },
    ]);
    expect(await notices('?notice=exhausted')).toEqual([]);
    expect((await router.get('/notices?notice=bad')).status).toBe(400);
    expect(await router.get('/notices?notice=missed&notice=exhausted')).toMatchObject({
      status: 400,
      body: { faults: [{ path: '/notice' }] },
    });
    expect(await router.get('/notices?rotation=none')).toMatchObject({
      status: 404,
      body: { code: 'unknown-rotation', faults: [{ path: '/rotation', message: 'There is no rotation none.' }] },
    });
  });

  it('gives a lead out of a queue as soon as it lies there, though the table does not show it yet', async () => {
    for (const id of ['N1', 'N2']) {
      await given(id, { status: 'contacted' });
      expect(await router.send('POST', '/rotations/web/pick-up', { by: 'pat' })).toMatchObject({ body: { id } });
    }
  });

  it('says in a refusal no more of a lead than a hidden queue shows', async () => {
    await strategy({ type: 'queue-hidden' });
    await given('H1', { status: 'secret' });
    const refused = async (by: string) => (await router.send('POST', '/rotations/web/pick-up', { by })).body;
    expect(await refused('pat')).toMatchObject({ code: 'not-permitted-status', facts: { rotationId: 'web' } });
    for (const by of ['pat', 'ann', 'mia']) {
      expect(JSON.stringify(await refused(by))).not.toMatch(/secret|leadId/);
    }
    await strategy({ type: 'queue-preview', previewFields: [] });
    expect(await refused('pat')).toMatchObject({ facts: { leadId: 'Q1' } });
    expect(JSON.stringify(await refused('mia'))).not.toMatch(/leadId/);
  });

  it('passes over what is offered to others, and what needs a permission', async () => {
    const german = { field: 'country', is: 'DE' };
    await router.send('POST', '/rotations', {
      id: 'first',
      name: 'First',
      strategy: { type: 'first-to-claim', offerFor: 600_000 },
      members: [{ user: 'ann', filter: german }, { user: 'pat' }],
    });
    const rules = [{ when: { field: 'source', is: 'first' }, to: { rotation: 'first' } }, { to: { queue: 'first' } }];
    await router.send('PUT', '/rules/draft', { rules });
    await router.send('POST', '/rules/publish', {});
    await given('P1');
    await capture(
      router.log,
      leadCaptured('O1', Date.now(), { source: 'first', country: 'FR' }),
      leadCaptured('O2', Date.now(), { source: 'first', country: 'DE' }),
    );
    await eventually(async () => {
      const { body } = await router.get<QueueAnswer>('/rotations/first/queue');
      expect(body.leads.map(({ id }) => id)).toEqual(['P1', 'O1', 'O2']);
    });
    const pick = (by: string) => router.send<LeadAnswer>('POST', '/rotations/first/pick-up', { by });
    expect(await pick('ann')).toMatchObject({ status: 200, body: { id: 'O2', ownerId: 'ann' } });
    expect(await pick('ann')).toMatchObject({ status: 403, body: { code: 'not-allowed', facts: { leadId: 'P1' } } });
    expect((await pick('pat')).body.id).toBe('P1');
    expect((await pick('pat')).body.id).toBe('O1');
  });

  it('tells who may not pick up so, though nothing waits', async () => {
    const team = { id: 'empty', name: 'Empty', members: [{ user: 'ann' }, { user: 'pat' }] };
    await router.send('POST', '/rotations', team);
    await router.send('POST', '/rotations', {
      ...team,
      id: 'offers',
      strategy: { type: 'first-to-claim', offerFor: 1 },
    });
    const code = async (rotation: string, by: string) =>
      (await router.send<{ code: string }>('POST', `/rotations/${rotation}/pick-up`, { by })).body.code;
    expect(await code('empty', 'pat')).toBe('not-in-queue');
    expect(await code('empty', 'ann')).toBe('not-allowed');
    expect(await code('empty', 'mia')).toBe('not-allowed');
    expect(await code('offers', 'ann')).toBe('not-in-queue');
    expect(await code('offers', 'mia')).toBe('not-allowed');
  });
});
