import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { defaultOrganization } from '@lead-rotator/event-sourcing';
import { eventually } from '@lead-rotator/eventually';
import { type LeadId, leadTag, type UserId } from '@lead-rotator/lead-events';
import type { TestDatabase } from '@lead-rotator/postgres';
import { changeRotation, registerUser } from '@lead-rotator/rotation';
import { capture, contactOf, decisions, leadCaptured } from '../testing/captured.ts';
import { RouterCopy, web } from '../testing/router-copy.ts';
import { createRouterDatabase, RunningRouter } from '../testing/running-router.ts';
import type { UserLeadsAnswer } from '../users/user-leads.response.ts';
import type { HandOverManyAnswer } from './hand-over.response.ts';
import type { LeadAnswer } from './lead.response.ts';

describe('working leads over HTTP', () => {
  let database: TestDatabase;
  let router: RunningRouter;
  let copy: RouterCopy;

  beforeAll(async () => {
    database = await createRouterDatabase();
    router = await RunningRouter.start(database.url);
    copy = new RouterCopy(router.log, Date.now);
    await copy.setUpTeam('ann', 'bob');
    for (const user of [
      { userId: 'pat' as UserId, email: 'pat@example.com', permissions: ['pick-up'] },
      { userId: 'mia' as UserId, email: 'mia@example.com', roles: ['manager' as const] },
    ]) {
      await copy.configure((distribution, at) => registerUser(distribution, user, at));
    }
    await router.send('POST', '/rotations/web/members', { user: 'pat' });
  });

  afterAll(async () => {
    await router?.stop();
    await database?.drop();
  });

  /** Captured, and decided by the rotation as it is. */
  async function given(...ids: string[]): Promise<void> {
    const before = (await decisions(router.log)).length;
    await capture(router.log, ...ids.map((id) => leadCaptured(id, Date.now())));
    await eventually(async () => expect(await decisions(router.log)).toHaveLength(before + ids.length));
  }

  const strategy = (type: 'round-robin' | 'queue-hidden') =>
    copy.configure((distribution, at) => changeRotation(distribution, web, { strategy: { type } }, at));
  const post = <Body = LeadAnswer>(path: string, body: object = {}, headers: Record<string, string> = {}) =>
    router.send<Body>('POST', path, body, headers);

  it('picks up a waiting lead once, and tells everybody else so', async () => {
    await strategy('queue-hidden');
    await given('Q1');
    expect(await post('/leads/Q1/pick-up', { by: 'ann' })).toMatchObject({
      status: 403,
      body: { code: 'not-allowed' },
    });
    expect(await post('/leads/Q1/pick-up')).toMatchObject({ status: 400, body: { faults: [{ path: '/by' }] } });
    const picked = await post('/leads/Q1/pick-up', { by: 'pat@example.com' });
    expect(picked).toMatchObject({ status: 200, body: { state: 'claimed', ownerId: 'pat' } });
    expect(await post('/leads/Q1/pick-up', {}, { 'x-actor': 'pat' })).toMatchObject({
      status: 409,
      body: { code: 'taken', facts: { ownerId: 'pat' } },
    });
    await given('Q2');
    const race = await Promise.all([1, 2, 3].map(() => post('/leads/Q2/pick-up', { by: 'pat' })));
    expect(race.map(({ status }) => status).toSorted()).toEqual([200, 409, 409]);
  });

  it('reroutes a lead without an owner for managers, and for nobody else', async () => {
    await given('R1');
    expect(await post('/leads/R1/reroute', { by: 'ann' })).toMatchObject({
      status: 403,
      body: { code: 'not-allowed' },
    });
    await strategy('round-robin');
    const rerouted = await post('/leads/R1/reroute', {}, { 'x-actor': 'mia' });
    expect(rerouted).toMatchObject({ status: 200, body: { state: 'assigned', ownerId: 'ann' } });
    expect(await post('/leads/R1/reroute', { by: 'mia' })).toMatchObject({ status: 409, body: { code: 'taken' } });
  });

  it('closes a lead, and refuses what is not done with closed ones', async () => {
    await given('W1');
    const { ownerId } = (await router.get<LeadAnswer>('/leads/W1')).body;
    const other = ownerId === 'ann' ? 'bob' : 'ann';
    expect(await post('/leads/W1/status', { is: 'contacted', by: other })).toMatchObject({ status: 403 });
    expect(await post('/leads/W1/status', { is: 'contacted', by: ownerId })).toMatchObject({
      body: { status: 'contacted' },
    });
    expect(await post('/leads/W1/outcome', { is: 'sold' })).toMatchObject({ status: 400 });
    expect(await post('/leads/W1/outcome', { is: 'won', by: 'nobody' })).toMatchObject({
      status: 404,
      body: { code: 'unknown-user', faults: [{ path: '/by' }] },
    });
    expect(await post('/leads/W1/outcome', { is: 'won', by: 'mia' })).toMatchObject({ body: { state: 'won' } });
    expect((await post('/leads/W1/outcome', { is: 'won' })).status).toBe(200);
    for (const [path, body] of [
      ['outcome', { is: 'lost' }],
      ['hand-over', { to: 'bob', by: 'mia' }],
      ['reroute', { by: 'mia' }],
      ['pick-up', { by: 'pat' }],
    ] as const) {
      expect(await post(`/leads/W1/${path}`, body)).toMatchObject({ status: 409, body: { code: 'closed' } });
    }
  });

  it('tells of a lead what happened to it, and nothing of those that follow it', async () => {
    const contactIds = [contactOf('family')];
    await capture(router.log, leadCaptured('F1', Date.now(), { contactIds }));
    await eventually(async () => expect((await router.get<LeadAnswer>('/leads/F1')).body.state).toBe('assigned'));
    await capture(router.log, leadCaptured('F2', Date.now(), { contactIds }));
    await eventually(async () => expect((await router.get<LeadAnswer>('/leads/F2')).body.follows).toBe('F1'));
    const { history } = (await router.get<LeadAnswer>('/leads/F1')).body;
    expect(history.map(({ type }) => type)).toEqual(['LeadCaptured', 'LeadAssigned']);
  });

  it('keeps in the log in whose name a program has asked', async () => {
    await given('N1', 'N2');
    await post('/leads/N1/hand-over', { to: 'mia', by: 'mia@example.com' });
    await post('/leads/hand-over', { leads: ['N1', 'N2'], to: 'bob', by: 'mia' });
    await post('/leads/N1/status', { is: 'contacted', by: 'bob' });
    await post('/leads/N1/outcome', { is: 'won' });
    const tags = [leadTag('N1' as LeadId)];
    const events = await router.log.readByTags({ organizationId: defaultOrganization, tags });
    const since = events.slice(events.findIndex(({ type }) => type === 'LeadAssigned') + 1);
    expect(since.map(({ type, actor }) => `${type} ${actor}`)).toEqual([
      'LeadHandedOver user:mia',
      'LeadHandedOver user:mia',
      'LeadStatusChanged user:bob',
      'LeadWon service:api',
    ]);
  });

  it('takes no word of a manager who was deactivated', async () => {
    await router.send('POST', '/users', { id: 'max', email: 'max@example.com', roles: ['manager'] });
    await given('D1');
    const handedOver = () => post('/leads/D1/hand-over', { to: 'pat', by: 'max' });
    expect(await handedOver()).toMatchObject({ status: 200, body: { ownerId: 'pat' } });
    await post('/users/max/deactivate');
    await post('/leads/D1/hand-over', { to: 'ann', by: 'mia' });
    expect(await handedOver()).toMatchObject({ status: 403, body: { code: 'not-owner', facts: { ownerId: 'ann' } } });
    const many = await post<HandOverManyAnswer>('/leads/hand-over', { leads: ['D1'], to: 'pat', by: 'max' });
    expect(many.body.leads).toEqual([{ leadId: 'D1', result: 'refused', code: 'not-owner' }]);
  });

  it('lists the open leads of a user, and closed ones when they are asked for', async () => {
    await given('C1', 'C2', 'C3', 'C4', 'C5');
    const ids = ['C1', 'C2', 'C3', 'C4', 'C5'];
    await post('/leads/hand-over', { leads: ids, to: 'mia', by: 'mia' });
    await post('/leads/C2/outcome', { is: 'won', by: 'mia' });
    await post('/leads/C4/outcome', { is: 'lost', by: 'mia' });
    const listed = async (query: string) => {
      const { body } = await router.get<UserLeadsAnswer>(`/users/mia/leads${query}`);
      return { ids: body.leads.map(({ id }) => id), cursor: body.cursor, behind: body.behind };
    };
    await eventually(async () => expect(await listed('?state=all')).toMatchObject({ ids: [...ids].reverse() }));
    await eventually(async () => expect((await listed('')).ids).toEqual(['C5', 'C3', 'C1']));
    expect((await listed('?state=won')).ids).toEqual(['C2']);
    expect((await listed('?state=won,lost')).ids).toEqual(['C4', 'C2']);
    const first = await listed('?limit=2');
    expect(first.ids).toEqual(['C5', 'C3']);
    expect(await listed(`?limit=2&cursor=${first.cursor}`)).toEqual({ ids: ['C1'], cursor: undefined, behind: 0 });
    expect(await router.get('/users/mia/leads?state=closed')).toMatchObject({
      status: 400,
      body: { faults: [{ path: '/state' }] },
    });
  });

  it('hands many leads over, with an answer for each', async () => {
    const ids = Array.from({ length: 300 }, (_, index) => `B${index}`);
    await given(...ids);
    const answer = await post<HandOverManyAnswer>('/leads/hand-over', {
      leads: [...ids, 'none', 'W1', 'B0'],
      to: 'mia@example.com',
      by: 'mia',
    });
    expect(answer).toMatchObject({ status: 200, body: { given: 300, refused: 2 } });
    expect(answer.body.leads.slice(-3)).toEqual([
      { leadId: 'none', result: 'refused', code: 'unknown-lead' },
      { leadId: 'W1', result: 'refused', code: 'closed' },
      { leadId: 'B0', result: 'unchanged' },
    ]);
    expect((await router.get<LeadAnswer>('/leads/B299')).body.ownerId).toBe('mia');
    const refused = await post<HandOverManyAnswer>('/leads/hand-over', { leads: ['B0'], to: 'bob', by: 'ann' });
    expect(refused.body.leads).toEqual([{ leadId: 'B0', result: 'refused', code: 'not-owner' }]);
    const tooMany = { leads: Array.from({ length: 1_001 }, (_, index) => `${index}`), to: 'bob' };
    expect((await post('/leads/hand-over', tooMany)).status).toBe(400);
  });
});
