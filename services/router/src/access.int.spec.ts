import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { eventually } from '@lead-rotator/eventually';
import type { TestDatabase } from '@lead-rotator/postgres';
import { capture, leadCaptured } from './testing/captured.ts';
import { createRouterDatabase, RunningRouter } from './testing/running-router.ts';

type Request = readonly [method: string, path: string, body?: object];
const people = ['admin', 'manager', 'owner', 'agent', 'stranger', 'source', 'nobody'] as const;
type Person = (typeof people)[number];

/** Whom each request is for; all others are refused. */
const requests: readonly [readonly Person[], ...Request][] = [
  [['admin'], 'PATCH', '/organization', { existingContact: 'route' }],
  [['admin'], 'PATCH', '/users/agent', { roles: ['agent'] }],
  [['admin'], 'PATCH', '/users/manager', { roles: ['manager'] }],
  [['admin'], 'PATCH', '/users/admin', { maxOpen: 5 }],
  [['admin', 'manager'], 'PATCH', '/users/agent', { caps: { daily: 5 } }],
  [['admin', 'manager'], 'PUT', '/calendars/sales', { hours: { mon: '09:00-17:00' } }],
  [['admin', 'manager'], 'PUT', '/territories/north', { condition: { field: 'country', is: 'DE' } }],
  [['admin', 'manager'], 'PUT', '/rules/draft', { rules: [{ to: { rotation: 'web' } }] }],
  [['admin', 'manager'], 'POST', '/rules/try', { lead: { source: 'x' } }],
  [['admin', 'manager'], 'GET', '/leads/unassigned'],
  [['admin', 'manager'], 'GET', '/notices'],
  [['admin', 'manager'], 'GET', '/reports/distribution'],
  [['admin', 'manager', 'agent'], 'PATCH', '/users/agent', { hours: { 'mon-fri': '09:00-17:00' }, switchedOn: true }],
  [['admin'], 'PATCH', '/users/admin', { switchedOn: true }],
  [['admin'], 'POST', '/users/admin/away', { from: '2026-01-06', to: '2026-01-08' }],
  [['admin', 'manager', 'agent'], 'POST', '/users/agent/away', { from: '2026-01-06', to: '2026-01-08' }],
  [['admin', 'manager', 'agent'], 'GET', '/users/agent/leads'],
  [['admin', 'manager', 'agent'], 'GET', '/leads/L1'],
  [['admin', 'manager', 'owner'], 'PATCH', '/rotations/web', { makeUp: 'one' }],
  [['admin', 'manager', 'owner'], 'POST', '/rotations/web/members/agent/pause'],
  [['admin', 'manager', 'owner'], 'GET', '/rotations/web/next?lead=L1'],
  [['admin', 'manager', 'owner'], 'PUT', '/pages/spring', { ownerId: 'owner', rotationId: 'web' }],
  [['admin', 'owner'], 'POST', '/rotations', { name: 'Mine' }],
  [['admin', 'manager', 'owner', 'agent', 'stranger'], 'GET', '/rotations/web'],
  [['admin', 'manager', 'owner', 'agent'], 'GET', '/rotations/web/queue'],
  [['admin', 'manager', 'owner', 'agent', 'stranger'], 'GET', '/rules'],
];

describe('who may do what', () => {
  let database: TestDatabase;
  let router: RunningRouter;
  const headers = new Map<Person, Record<string, string>>();

  beforeAll(async () => {
    database = await createRouterDatabase();
    router = await RunningRouter.start(database.url);
    const users = [
      { id: 'admin', roles: ['admin'] },
      { id: 'manager', roles: ['manager'] },
      { id: 'owner', plan: 'complete' },
      { id: 'agent' },
      { id: 'stranger' },
      { id: 'nobody' },
    ];
    for (const user of users) await router.send('POST', '/users', { ...user, email: `${user.id}@example.com` });
    for (const { id } of users) headers.set(id as Person, await router.as({ kind: 'user', subject: id }));
    headers.set('source', await router.as({ kind: 'source', subject: 'facebook' }));
    await router.send('POST', '/users/nobody/deactivate');
    await router.send(
      'POST',
      '/rotations',
      { id: 'web', name: 'Web', members: [{ user: 'agent' }] },
      headers.get('owner'),
    );
    await capture(router.log, leadCaptured('L1', Date.now(), { owner: 'agent' }));
    await eventually(async () => expect((await router.get('/leads/L1')).body).toMatchObject({ ownerId: 'agent' }));
  });

  afterAll(async () => {
    await router?.stop();
    await database?.drop();
  });

  it.each(requests.map(([whom, method, path, body]) => ({ whom, method, path, body })))(
    'only $whom may $method $path $body',
    async ({ whom, method, path, body }) => {
      const allowed: Person[] = [];
      for (const person of people) {
        const answer = await router.send<{ code?: string }>(method, path, body, headers.get(person));
        if (answer.status < 300) allowed.push(person);
        else expect({ person, ...answer }).toMatchObject({ status: 403, body: { code: 'not-allowed' } });
      }
      expect(allowed).toEqual(whom);
    },
  );

  it('is asked of everybody but those who look at health, figures and descriptions', async () => {
    const keyless = { authorization: '' };
    for (const [, method, path, body] of requests) {
      expect(await router.send(method, path, body, keyless)).toMatchObject({
        status: 401,
        body: { code: 'unauthorized' },
      });
    }
    for (const path of ['/health/ready', '/health/ready?probe=1', '/docs/router-json']) {
      expect((await router.send('GET', path, undefined, keyless)).status).toBe(200);
    }
  });

  it('is not changed by what a request says of itself', async () => {
    const agent = headers.get('agent');
    const asOther = { ...agent, 'x-actor': 'admin' };
    expect(await router.send('PATCH', '/organization', { country: 'DE' }, asOther)).toMatchObject({ status: 403 });
    const by = { to: 'owner', by: 'manager' };
    expect(await router.send('POST', '/leads/L1/hand-over', by, agent)).toMatchObject({ status: 403 });
    const elsewhere = { ...agent, organization: 'acme' };
    expect(await router.send('GET', '/rules', undefined, elsewhere)).toMatchObject({ status: 403 });
    expect((await router.send('GET', '/rules', undefined, { 'x-actor': 'nobody' })).status).toBe(403);
  });

  it('goes into every event', async () => {
    const { events } = await router.log.read({ types: ['CalendarDefined'] });
    expect(events.map(({ actor }) => actor)).toEqual(['user:admin', 'user:manager']);
  });

  it('ends with the key', async () => {
    const key = headers.get('manager')?.authorization?.slice('Bearer '.length) ?? '';
    expect(await router.revoke(key)).toBe(true);
    expect((await router.get('/rules')).status).toBe(200);
    const other = await RunningRouter.start(database.url, { messages: false });
    expect((await other.send('GET', '/rules', undefined, headers.get('manager'))).status).toBe(401);
    await other.stop();
  });
});
