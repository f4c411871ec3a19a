import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { defaultOrganization } from '@lead-rotator/event-sourcing';
import { eventually } from '@lead-rotator/eventually';
import type { TestDatabase } from '@lead-rotator/postgres';
import { assignCapturedLead } from './decisions/assign-captured-lead.ts';
import type { LeadAnswer } from './leads/lead.response.ts';
import type { RotationAnswer } from './rotations/rotation.response.ts';
import { capture, decisions, leadCaptured } from './testing/captured.ts';
import { RouterCopy } from './testing/router-copy.ts';
import { createRouterDatabase, RunningRouter } from './testing/running-router.ts';
import type { UserAnswer } from './users/user.response.ts';
import type { UserLeadsAnswer } from './users/user-leads.response.ts';

interface Problem {
  readonly code: string;
  readonly faults?: readonly { path: string }[];
}

describe('the router as a process runs it', () => {
  let database: TestDatabase;
  let router: RunningRouter;

  beforeAll(async () => {
    database = await createRouterDatabase();
    router = await RunningRouter.start(database.url);
    for (const id of ['ann', 'bob', 'eve']) {
      await router.send('POST', '/users', { id, email: `${id}@example.com`, plan: 'complete' });
    }
  });

  afterAll(async () => {
    await router?.stop();
    await database?.drop();
  });

  const captureNow = (...ids: string[]) => capture(router.log, ...ids.map((id) => leadCaptured(id, Date.now())));

  it('keeps users: registers, changes, deactivates and activates them', async () => {
    const key = { 'idempotency-key': 'k1' };
    const first = await router.send<UserAnswer>('POST', '/users', { email: 'kim@example.com' }, key);
    expect(first).toMatchObject({ status: 201, body: { email: 'kim@example.com', active: true } });
    expect(await router.send('POST', '/users', { email: 'kim@example.com' }, key)).toEqual({ ...first, status: 200 });
    expect(await router.send('POST', '/users', { email: 'tim@example.com' }, key)).toMatchObject({
      status: 400,
      body: { faults: [{ path: '/idempotency-key', message: 'was sent with another request before' }] },
    });
    const path = `/users/${first.body.id}`;
    const changed = await router.send<UserAnswer>('PATCH', path, { name: 'Kim', switchedOn: false });
    expect(changed.body).toMatchObject({ name: 'Kim', switchedOn: false });
    expect((await router.send<UserAnswer>('POST', `${path}/deactivate`)).body.active).toBe(false);
    expect((await router.send<UserAnswer>('POST', `${path}/activate`)).body.active).toBe(true);
    expect(await router.get(path)).toMatchObject({ status: 200, body: { name: 'Kim', active: true } });
    await router.send('POST', `${path}/deactivate`);
  });

  it('says no with every fault by its path, or with the code of the domain', async () => {
    const bad = await router.send<Problem>('POST', '/users', { id: 'a b', colour: 'red' });
    expect(bad.status).toBe(400);
    expect(bad.body.faults?.map(({ path }) => path).toSorted()).toEqual(['/colour', '/email', '/id']);
    expect(await router.get('/users/nobody')).toMatchObject({ status: 404, body: { code: 'unknown-user' } });
    expect(await router.get('/leads/none')).toMatchObject({ status: 404, body: { code: 'unknown-lead' } });
    const member = await router.send('POST', '/rotations/none/members', { user: 'ann' });
    expect(member).toMatchObject({ status: 404, body: { code: 'unknown-rotation' } });
  });

  it('keeps rotations: members in order, who is next, on and off', async () => {
    const claim = { within: 900_000 };
    const created = await router.send<RotationAnswer>(
      'POST',
      '/rotations',
      { id: 'web', name: 'Web', claim },
      { 'x-actor': 'ann' },
    );
    expect(created).toMatchObject({
      status: 201,
      body: { id: 'web', on: true, next: null, settings: { ownerId: 'ann' } },
    });
    for (const user of ['ann', 'eve@example.com']) await router.send('POST', '/rotations/web/members', { user });
    const added = await router.send<RotationAnswer>('POST', '/rotations/web/members', { user: 'bob', place: 2 });
    expect(added).toMatchObject({ status: 201, body: { next: 'ann' } });
    expect(added.body.members.map(({ userId }) => userId)).toEqual(['ann', 'bob', 'eve']);
    expect(await router.send('POST', '/rotations/web/members', { user: 'bob' })).toMatchObject({ status: 409 });
    const moved = await router.send<RotationAnswer>('POST', '/rotations/web/members/eve/move', { place: 1 });
    expect(moved.body.members.map(({ userId }) => userId)).toEqual(['eve', 'ann', 'bob']);
    await router.send('POST', '/rotations/web/members/eve/pause');
    const paused = await router.get<RotationAnswer>('/rotations/web');
    expect(paused.body).toMatchObject({ next: 'ann', members: [{ paused: true, absent: 'paused' }, {}, {}] });
    await router.send('POST', '/rotations/web/members/eve/resume');
    const off = await router.send('POST', '/rotations/web/switch-off');
    expect(off).toMatchObject({ status: 200, body: { on: false, next: null } });
    const changed = { name: 'Web leads', claim: null };
    expect(await router.send('PATCH', '/rotations/web', changed)).toMatchObject({ body: { name: 'Web leads' } });
    expect((await router.get<RotationAnswer>('/rotations/web')).body.claim).toBeUndefined();
    expect(await router.send('POST', '/rotations/web/switch-on')).toMatchObject({ body: { on: true } });
    await router.send('PATCH', '/rotations/web', { claim });
    expect((await router.send('DELETE', '/rotations/web/members/eve')).status).toBe(200);
  });

  it('decides what its messages bring, and says why, for years to come', async () => {
    await captureNow('L1', 'L2', 'L3');
    await eventually(async () => expect(await decisions(router.log)).toEqual(['L1 to ann', 'L2 to bob', 'L3 to ann']));
    const { body } = await router.get<LeadAnswer>('/leads/L2');
    expect(body).toMatchObject({
      state: 'assigned',
      ownerId: 'bob',
      owners: ['bob'],
      person: { email: 'l2@lead.example' },
    });
    expect(body.history.map(({ words }) => words)).toEqual([
      'Came in from spec.',
      expect.stringMatching(
        /^Went to bob: by the rules \(rule first-rotation, version 0\), their turn\. Turn 2 of web/,
      ),
    ]);
    const { body: web } = await router.get<RotationAnswer>('/rotations/web');
    expect(web.next).toBe('bob');
    expect(web.members.map(({ userId, leadsSent }) => [userId, leadsSent])).toEqual([
      ['ann', 2],
      ['bob', 1],
    ]);
  });

  it('hands a lead over by hand, and lists the leads of a user page by page', async () => {
    const refused = await router.send('POST', '/leads/L1/hand-over', { to: 'eve', by: 'bob' });
    expect(refused).toMatchObject({ status: 403, body: { code: 'not-owner' } });
    const given = await router.send('POST', '/leads/L1/hand-over', { to: 'bob' }, { 'x-actor': 'ann' });
    expect(given).toMatchObject({ status: 200, body: { ownerId: 'bob', owners: ['ann', 'bob'] } });
    await eventually(async () => {
      const { body } = await router.get<UserLeadsAnswer>('/users/bob/leads?limit=1');
      expect(body).toMatchObject({
        leads: [{ id: 'L1', state: 'assigned', person: { email: 'l1@lead.example' } }],
        behind: 0,
      });
      const next = await router.get<UserLeadsAnswer>(`/users/bob/leads?limit=1&cursor=${body.cursor}`);
      expect(next.body.leads).toMatchObject([{ id: 'L2', rotationId: 'web' }]);
      expect(next.body.cursor).toBeUndefined();
    });
  });

  it('gives on what a deactivated user has not claimed, and raises a notice about the rest', async () => {
    await router.send('POST', '/users/bob/deactivate');
    await eventually(async () => {
      expect((await router.get<LeadAnswer>('/leads/L2')).body.owners).toEqual(['bob', 'ann']);
      const { body } = await router.get<LeadAnswer>('/leads/L1');
      expect(body.history.at(-1)).toMatchObject({ type: 'OwnerFoundInactive', words: 'Its owner bob is inactive.' });
    });
    await sleep(1_500);
    const raised = async () => (await router.log.read({ types: ['OwnerFoundInactive'] })).events;
    expect(await raised()).toHaveLength(1);
    // Who comes back and leaves again, leaves it again.
    await router.send('POST', '/users/bob/activate');
    await router.send('POST', '/users/bob/deactivate');
    await eventually(async () => expect(await raised()).toHaveLength(2));
    await router.send('POST', '/users/bob/activate');
  });

  it('leaves nothing undone of a deactivation that is taken back at once', async () => {
    const [lead] = await captureNow('back-1');
    const ownerOf = async () => (await router.get<LeadAnswer>('/leads/back-1')).body.ownerId;
    await eventually(async () => expect(await ownerOf()).toEqual(expect.any(String)));
    for (const to of ['eve', 'bob']) {
      const actor = { 'x-actor': String(await ownerOf()) };
      expect(await router.send('POST', '/leads/back-1/hand-over', { to }, actor)).toMatchObject({ status: 200 });
    }
    expect(await ownerOf()).toBe('bob');
    await router.send('POST', '/users/bob/deactivate');
    const answer = await router.send<UserAnswer>('POST', '/users/bob/activate');
    expect(answer).toMatchObject({ status: 200, body: { active: true } });
    const { events } = await router.log.read({ types: ['OwnerFoundInactive', 'UserActivated'] });
    const about = (data: unknown) => Object.entries(data as object).find(([name]) => /^(lead|user)Id$/.test(name))?.[1];
    const before = events.slice(0, -1).findLastIndex(({ type }) => type === 'UserActivated');
    const last = events.slice(before + 1).map(({ type, data }) => [type, about(data)]);
    const notices = ['L1', lead?.data.leadId].map((leadId) => ['OwnerFoundInactive', leadId]);
    expect(last.slice(0, -1)).toEqual(expect.arrayContaining(notices));
    expect(last.at(-1)).toEqual(['UserActivated', 'bob']);
  });

  it('is ready, counts what it does, and describes its API', async () => {
    expect(await router.get('/health/ready')).toMatchObject({ status: 200, body: { ready: true } });
    expect(await router.counted('decisions_total')).toBeGreaterThan(3);
    const { body } = await router.get<{ paths: object }>('/docs/router-json');
    expect(Object.keys(body.paths)).toEqual(
      expect.arrayContaining(['/rotations/{rotationId}/members', '/leads/{leadId}']),
    );
  });

  it('keeps exact turns beside another copy that decides the same leads', async () => {
    const other = new RouterCopy(router.log, Date.now);
    const before = (await decisions(router.log)).length;
    const ids = Array.from({ length: 400 }, (_, index) => `M${index}`);
    const leads = await captureNow(...ids);
    await other.decideLeads.decide(leads.map((lead) => assignCapturedLead(lead, true)));
    await eventually(async () => expect(await decisions(router.log)).toHaveLength(before + 400));
    const decided = (await decisions(router.log)).slice(before).map((decision) => decision.split(' to '));
    expect(new Set(decided.map(([leadId]) => leadId)).size).toBe(400);
    const [first] = decided.map(([, owner]) => owner);
    const [one, two] = first === 'ann' ? ['ann', 'bob'] : ['bob', 'ann'];
    expect(decided.map(([, owner]) => owner)).toEqual(ids.map((_, turn) => (turn % 2 === 0 ? one : two)));
  });
});

describe('a router whose messages never come', () => {
  let database: TestDatabase;
  let router: RunningRouter;

  beforeAll(async () => {
    database = await createRouterDatabase();
    router = await RunningRouter.start(database.url, {
      messages: false,
      environment: { UNDECIDED_AFTER_SECONDS: '1' },
    });
  });

  afterAll(async () => {
    await router?.stop();
    await database?.drop();
  });

  it('decides from the log', async () => {
    await new RouterCopy(router.log, Date.now).setUpTeam('ann', 'bob');
    const past = Date.now() - 60_000;
    await capture(router.log, leadCaptured('L1', past), leadCaptured('L2', past));
    await eventually(async () => expect(await decisions(router.log)).toEqual(['L1 to ann', 'L2 to bob']));
    expect(await router.counted('backstop_total')).toBe(2);
  });

  it('stops deciding at an event that it does not know, and says so', async () => {
    const circumstances = { organizationId: defaultOrganization, actor: 'service:newer', cause: 'request:1' } as const;
    const event = { ...circumstances, type: 'LeadTeleported', version: 1, data: {}, at: Date.now(), tags: [] };
    await router.log.append({ id: 'of a newer copy', events: [event], guards: [] });
    await capture(router.log, leadCaptured('L3', Date.now() - 60_000));
    await eventually(async () => {
      const { status, body } = await router.get<{ checks: { router: string } }>('/health/ready');
      expect(status).toBe(503);
      expect(body.checks.router).toMatch(/^stalled before position \d+ \(LeadTeleported v1\)/);
    });
    await sleep(1_500);
    expect(await decisions(router.log)).toEqual(['L1 to ann', 'L2 to bob']);
  });
});
