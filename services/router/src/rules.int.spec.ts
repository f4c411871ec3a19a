import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { eventually } from '@lead-rotator/eventually';
import type { TestDatabase } from '@lead-rotator/postgres';
import type { RuleDraftAnswer, RuleHistoryAnswer, RuleSetAnswer } from './rules/rules.response.ts';
import { capture, leadCaptured } from './testing/captured.ts';
import { createRouterDatabase, RunningRouter } from './testing/running-router.ts';
import type { OutcomeAnswer } from './trial/outcome.response.ts';
import type { TrialAnswer } from './trial/trial.controller.ts';

const german = { id: 'german', when: { field: 'country', in: ['DE', 'AT'] }, to: { rotation: 'web' } };
const rest = { id: 'rest', to: { user: 'eve' } };
const facebook = { source: 'facebook', country: 'DE' };

describe('rules, from a draft to leads', () => {
  let database: TestDatabase;
  let router: RunningRouter;

  beforeAll(async () => {
    database = await createRouterDatabase();
    router = await RunningRouter.start(database.url);
    for (const id of ['ann', 'bob', 'eve']) await router.send('POST', '/users', { id, email: `${id}@example.com` });
    const members = [{ user: 'ann', paused: true }, { user: 'bob' }, { user: 'eve' }];
    await router.send('POST', '/rotations', { id: 'web', name: 'Web', members, claim: { within: 60_000 } });
  });

  afterAll(async () => {
    await router?.stop();
    await database?.drop();
  });

  const tryLead = async (lead: object, more: object = {}) =>
    (await router.send<TrialAnswer>('POST', '/rules/try', { lead, ...more })).body;

  it('are those that an organization starts with, until others are published', async () => {
    expect((await router.get<RuleSetAnswer>('/rules')).body).toMatchObject({
      version: 0,
      rules: [{ id: 'site-owner' }, { id: 'page' }, { id: 'first-rotation', to: { rotation: 'web' } }],
    });
    expect((await router.get('/rules/draft')).status).toBe(404);
    expect((await router.send('POST', '/rules/publish', {})).status).toBe(404);
  });

  it.each([
    ['without a default', [german], '/rules/0/when'],
    ['with nothing in it', [], '/rules'],
    ['with an unknown field', [{ when: { field: 'colour', is: 'red' }, to: 'page' }, rest], '/rules/0/when/field'],
    ['with one id twice', [german, german, rest], '/rules/1/id'],
    ['to nowhere', [{ ...rest, to: { rotation: 'none' } }], '/rules/0/to/rotation'],
    [
      'with a comparison of a later version',
      [{ ...german, when: { field: 'country', like: 'D' } }, rest],
      '/rules/0/when/like',
    ],
  ])('are refused %s', async (_, rules, path) => {
    const head = await router.log.head();
    expect(await router.send('PUT', '/rules/draft', { rules })).toMatchObject({
      status: 400,
      body: { code: 'invalid', faults: [{ path }] },
    });
    expect([(await router.get('/rules/draft')).status, await router.log.head()]).toEqual([404, head]);
  });

  it('are tried as a draft, which changes nothing', async () => {
    const head = await router.log.head();
    const saved = await router.send('PUT', '/rules/draft', { rules: [german, rest] }, { 'x-request-id': 'r1' });
    expect(saved).toMatchObject({ status: 200, body: { rules: [german, rest], actor: 'service:api' } });
    expect(await tryLead(facebook, { against: 'draft' })).toMatchObject({
      outcome: 'assigned',
      ownerId: 'bob',
      rotationId: 'web',
      rule: 'german',
      ruleSet: 1,
      reason: 'turn',
      passedOver: [{ userId: 'ann', reason: 'paused' }],
      due: expect.any(String),
      words: expect.stringMatching(/^Went to bob: by the rules \(rule german, version 1\), their turn\. Turn 1 of web/),
      tried: [{ id: 'german', holds: true }],
    });
    expect(await tryLead({ source: 'x', country: 'FR' }, { against: 'draft' })).toMatchObject({
      ownerId: 'eve',
      rule: 'rest',
      tried: [
        { id: 'german', holds: false },
        { id: 'rest', holds: true },
      ],
    });
    expect(await tryLead(facebook)).toMatchObject({ rule: 'first-rotation', ruleSet: 0 });
    expect(await router.send('DELETE', '/rules/draft')).toMatchObject({ status: 200, body: { rules: [german, rest] } });
    expect((await router.get('/rules/draft')).status).toBe(404);
    await router.send('PUT', '/rules/draft', { rules: [german, rest] });
    // Of those who throw it away at once, one did.
    const answers = await Promise.all([1, 2, 3].map(() => router.send('DELETE', '/rules/draft')));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 404, 404]);
    await router.send('PUT', '/rules/draft', { rules: [german, rest] });
    expect(await router.log.head()).toBe(head);
  });

  it('of two who work on them at once are lost to neither without a word', async () => {
    const before = (await router.get<RuleDraftAnswer>('/rules/draft')).body;
    const put = (replaces?: string) =>
      router.send<RuleDraftAnswer>('PUT', '/rules/draft', { rules: before.rules, replaces });
    const mine = (await put(before.savedAt)).body;
    const message = `the draft is another by now: it is what service:api saved at ${mine.savedAt}`;
    expect(await put(before.savedAt)).toMatchObject({
      status: 400,
      body: { faults: [{ path: '/replaces', message }] },
    });
    expect(await router.send('POST', '/rules/publish', { draft: before.savedAt })).toMatchObject({
      status: 400,
      body: { faults: [{ path: '/draft', message }] },
    });
    expect((await router.get<RuleDraftAnswer>('/rules/draft')).body).toEqual(mine);
    const both = await Promise.all([put(mine.savedAt), put(mine.savedAt)]);
    expect(both.map(({ status }) => status).toSorted()).toEqual([200, 400]);
    expect((await put()).status).toBe(200);
  });

  it('are published, and then decide', async () => {
    const published = await router.send('POST', '/rules/publish', {}, { 'x-actor': 'nobody' });
    expect(published).toMatchObject({ status: 403, body: { code: 'not-allowed' } });
    expect(await router.send('POST', '/rules/publish', {})).toMatchObject({ status: 200, body: { version: 1 } });
    expect((await router.get('/rules/draft')).status).toBe(404);
    await router.send('PUT', '/rules/draft', { rules: [{ ...german, to: { queue: 'web' } }, { to: 'unassigned' }] });
    expect(await router.send('POST', '/rules/publish', {})).toMatchObject({ body: { version: 2 } });
    expect(await tryLead(facebook)).toMatchObject({ outcome: 'waiting', rotationId: 'web', ownerId: null });
    expect(await tryLead(facebook, { against: 1 })).toMatchObject({ ownerId: 'bob', rule: 'german' });
    expect(await tryLead({ source: 'x' })).toMatchObject({
      outcome: 'unassigned',
      reason: 'unassigned',
      rule: 'rule 2',
    });
  });

  it('can be restored by publishing an earlier version again, and keep their history', async () => {
    expect(await router.send('POST', '/rules/publish', { version: 1 })).toMatchObject({
      body: { version: 3, rules: [german, rest] },
    });
    expect((await router.send('POST', '/rules/publish', { version: 9 })).status).toBe(404);
    const { body } = await router.get<RuleHistoryAnswer>('/rules/history?limit=2');
    expect(body.versions.map(({ version, actor, changes }) => ({ version, actor, changes }))).toEqual([
      { version: 3, actor: 'service:api', changes: ['german is changed', 'rest is new', 'rule 2 is gone'] },
      { version: 2, actor: 'service:api', changes: ['german is changed', 'rule 2 is new', 'rest is gone'] },
    ]);
    const older = await router.get<RuleHistoryAnswer>(`/rules/history?limit=2&cursor=${body.cursor}`);
    expect(older.body.versions).toMatchObject([{ version: 1, changes: ['german is new', 'rest is new'] }]);
    expect((await router.get('/rules/versions/2')).body).toMatchObject({ version: 2 });
    expect(await router.get('/rules/versions/two')).toMatchObject({
      status: 400,
      body: { faults: [{ path: '/version' }] },
    });
  });

  it('are tried as if it were another time, and find every fault of a lead', async () => {
    expect(await router.send('POST', '/rules/try', { lead: { country: 'DE', phone: '12' } })).toMatchObject({
      status: 400,
      body: { faults: [{ path: '/lead/source' }, { path: '/lead/phone' }] },
    });
    expect(await router.send('POST', '/rules/try', { lead: 'facebook' })).toMatchObject({
      body: { faults: [{ path: '/lead', message: 'must be an object: one lead' }] },
    });
    await router.send('PATCH', '/users/bob', { hours: { 'mon-fri': '09:00-17:00' } });
    const sunday = '2026-12-06T12:00:00Z';
    expect(await tryLead(facebook, { at: sunday })).toMatchObject({
      ownerId: 'eve',
      passedOver: [
        { userId: 'ann', reason: 'paused' },
        { userId: 'bob', reason: 'off-hours' },
      ],
    });
    for (const at of ['2026-13-01T12:00:00Z', '2026-02-30T12:00:00Z', '2026-02-01T25:00:00Z']) {
      expect(await router.send('POST', '/rules/try', { lead: facebook, at })).toMatchObject({
        status: 400,
        body: { faults: [{ path: '/at', message: `there is no such time: ${at}` }] },
      });
    }
    await router.send('PATCH', '/users/bob', { hours: { 'mon-sun': '00:00-24:00' } });
  });

  it('show who would get a lead of a rotation, and why', async () => {
    const next = async (query = '') => (await router.get<OutcomeAnswer>(`/rotations/web/next${query}`)).body;
    expect(await next()).toMatchObject({ ownerId: 'bob', passedOver: [{ userId: 'ann', reason: 'paused' }] });
    const [lead] = await capture(router.log, leadCaptured('L2', Date.now(), { owner: 'bob' }));
    await eventually(async () =>
      expect(await next(`?lead=${lead?.data.leadId}`)).toMatchObject({
        ownerId: 'eve',
        passedOver: [
          { userId: 'ann', reason: 'paused' },
          { userId: 'bob', reason: 'had-it' },
        ],
      }),
    );
    expect(await router.get('/rotations/web/next?lead=none')).toMatchObject({ body: { code: 'unknown-lead' } });
    await router.send('POST', `/leads/${lead?.data.leadId}/outcome`, { is: 'won' });
    expect(await router.get(`/rotations/web/next?lead=${lead?.data.leadId}`)).toMatchObject({
      status: 409,
      body: { code: 'closed' },
    });
    await router.send('PATCH', '/rotations/web', { strategy: 'queue-hidden' });
    expect(await next()).toMatchObject({ outcome: 'waiting', reason: 'queue' });
    await router.send('PATCH', '/rotations/web', { strategy: { type: 'first-to-claim', offerFor: 1000 } });
    expect(await next()).toMatchObject({ outcome: 'offered', offeredTo: ['bob', 'eve'] });
  });
});
