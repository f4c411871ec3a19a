import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { TestDatabase } from '@lead-rotator/postgres';
import type { ChangeAnswer, HistoryAnswer } from './history/history.response.ts';
import { createRouterDatabase, RunningRouter } from './testing/running-router.ts';

const berlin = { timeZone: 'Europe/Berlin', hours: { 'mon-fri': '09:00-18:00' } };
const defined = [
  ['/calendars/sales', berlin, { hours: { mon: '10:00-12:00' } }],
  [
    '/territories/north',
    { condition: { field: 'postcode', startsWith: '2' } },
    { condition: { field: 'country', is: 'DE' } },
  ],
  ['/pages/spring', { ownerId: 'ann', rotationId: 'web' }, { ownerId: 'bob' }],
] as const;

describe('calendars, territories and pages', () => {
  let database: TestDatabase;
  let router: RunningRouter;
  let ann: Record<string, string>;
  let bob: Record<string, string>;

  beforeAll(async () => {
    database = await createRouterDatabase();
    router = await RunningRouter.start(database.url, { messages: false });
    await router.send('POST', '/users', { id: 'ann', email: 'ann@example.com', roles: ['manager'] });
    await router.send('POST', '/users', { id: 'bob', email: 'bob@example.com', plan: 'complete' });
    await router.send('POST', '/rotations', { id: 'web', name: 'Web', members: [{ user: 'ann' }] });
    ann = await router.as({ kind: 'user', subject: 'ann' });
    bob = await router.as({ kind: 'user', subject: 'bob' });
  });

  afterAll(async () => {
    await router?.stop();
    await database?.drop();
  });

  const history = async (path: string) => (await router.get<HistoryAnswer>(`${path}/history`)).body.changes;

  it.each(defined)('%s is deleted, remembered and restored', async (path, first, second) => {
    await router.send('PUT', path, first);
    await router.send('PUT', path, second);
    expect(await router.send('DELETE', path, undefined, ann)).toMatchObject({
      status: 200,
      body: { actor: 'user:ann', words: 'Deleted.' },
    });
    expect(await router.get(path)).toMatchObject({ status: 404 });
    expect(await router.send('DELETE', path, undefined, ann)).toMatchObject({ status: 404 });
    const changes = await history(path);
    expect(changes.map(({ words }) => words)).toEqual([
      'Deleted.',
      expect.stringMatching(/^Defined with ./),
      expect.stringMatching(/^Defined with ./),
    ]);
    const [deletion, , oldest] = changes as [ChangeAnswer, ChangeAnswer, ChangeAnswer];
    expect(await router.send('POST', `${path}/restore`, { position: deletion.position }, ann)).toMatchObject({
      status: 400,
      body: { faults: [{ path: '/position' }] },
    });
    const head = await router.log.head();
    expect(await router.send('POST', `${path}/restore`, { position: head + 1 }, ann)).toMatchObject({
      status: 400,
      body: { faults: [{ path: '/position', message: `is in the future: the log stands at ${head}` }] },
    });
    const restored = await router.send('POST', `${path}/restore`, { position: oldest.position }, ann);
    expect(restored).toMatchObject({ status: 200, body: { actor: 'user:ann', data: first } });
    expect((await router.get(path)).body).toMatchObject(first);
    expect(await history(path)).toHaveLength(4);
  });

  it('are not deleted while something uses them, and the answer says what', async () => {
    const claim = { within: 60_000, clock: 'team-hours', calendar: 'sales' };
    await router.send('PATCH', '/rotations/web', { claim });
    await router.send('PATCH', '/rotations/web/members/ann', { filter: { field: 'territory', is: 'north' } });
    const rules = [
      { id: 'page', when: { field: 'page', is: 'spring' }, to: { rotation: 'web' } },
      { id: 'rest', to: 'unassigned' },
    ];
    await router.send('PUT', '/rules/draft', { rules });
    await router.send('POST', '/rules/publish', {});
    const uses = [
      ['/calendars/sales', { kind: 'rotation', id: 'web' }],
      ['/territories/north', { kind: 'member', rotationId: 'web', id: 'ann' }],
      ['/pages/spring', { kind: 'rule', id: 'page' }],
    ] as const;
    for (const [path, use] of uses) {
      expect(await router.send('DELETE', path)).toMatchObject({
        status: 409,
        body: { code: 'in-use', facts: { usedBy: [use] } },
      });
      expect((await router.get(path)).status).toBe(200);
    }
  });

  it('are deleted by whoever may define them', async () => {
    await router.send('PUT', '/pages/own', { ownerId: 'bob' }, bob);
    for (const [path, status] of [
      ['/calendars/sales', 403],
      ['/territories/north', 403],
      ['/pages/spring', 403],
      ['/pages/own', 200],
    ]) {
      expect((await router.send('DELETE', `${path}`, undefined, bob)).status).toBe(status);
    }
    const [, oldest] = (await history('/pages/own')) as [ChangeAnswer, ChangeAnswer];
    expect((await router.send('POST', '/pages/own/restore', { position: oldest.position }, bob)).status).toBe(200);
  });

  it('are listed by name, page by page, whatever is deleted between two pages', async () => {
    for (const id of ['a', 'b', 'c', 'd']) await router.send('PUT', `/calendars/${id}`, berlin);
    const one = await router.get<{ calendars: { id: string }[]; cursor: string }>('/calendars?limit=2');
    await router.send('DELETE', '/calendars/b');
    const two = await router.get<{ calendars: { id: string }[] }>(`/calendars?limit=9&cursor=${one.body.cursor}`);
    expect([...one.body.calendars, ...two.body.calendars].map(({ id }) => id)).toEqual(['a', 'b', 'c', 'd', 'sales']);
    expect(await router.get('/calendars/none/history')).toMatchObject({ status: 404 });
  });
});

describe('the roster and the order of a rotation', () => {
  let database: TestDatabase;
  let router: RunningRouter;

  beforeAll(async () => {
    database = await createRouterDatabase();
    router = await RunningRouter.start(database.url, { messages: false });
    for (const id of ['ann', 'bob', 'eve']) {
      await router.send('POST', '/users', { id, email: `${id}@example.com`, site: `${id}.example.com` });
    }
    const members = ['ann', 'bob', 'eve'].map((user) => ({ user }));
    await router.send('POST', '/rotations', { id: 'web', name: 'Web', members });
  });

  afterAll(async () => {
    await router?.stop();
    await database?.drop();
  });

  const roster = async () => (await router.get<{ users: { id: string }[] }>('/users')).body.users.map(({ id }) => id);

  it('has another number one when somebody is moved to the front', async () => {
    expect(await router.send('POST', '/users/eve/move', { place: 1 })).toMatchObject({
      status: 200,
      body: { id: 'eve' },
    });
    expect(await roster()).toEqual(['eve', 'ann', 'bob']);
    expect(await router.send('POST', '/users/eve/move', { place: 4 })).toMatchObject({
      status: 400,
      body: { faults: [{ path: '/place' }] },
    });
    const agent = await router.as({ kind: 'user', subject: 'bob' });
    expect((await router.send('POST', '/users/bob/move', { place: 1 }, agent)).status).toBe(403);
    const rotation = await router.get<{ next: string }>('/rotations/web');
    expect(rotation.body.next).toBe('ann');
  });

  it('takes all members in another order at once', async () => {
    const order = (members: string[]) => router.send('PUT', '/rotations/web/members/order', { members });
    const { status, body } = await router.send<{ members: { userId: string }[]; next: string }>(
      'PUT',
      '/rotations/web/members/order',
      { members: ['eve', 'bob', 'ann'] },
    );
    expect({ status, order: body.members.map(({ userId }) => userId), next: body.next }).toEqual({
      status: 200,
      order: ['eve', 'bob', 'ann'],
      next: 'eve',
    });
    expect(await order(['eve', 'bob'])).toMatchObject({ status: 400, body: { faults: [{ path: '/members' }] } });
    expect(await order(['eve', 'bob', 'ann', 'tom'])).toMatchObject({ status: 404, body: { code: 'unknown-user' } });
  });

  it('names what was sent by the names of the request', async () => {
    expect(await router.send('POST', '/users', { id: 'ann', email: 'other@example.com' })).toMatchObject({
      body: { faults: [{ path: '/id', message: 'ann is registered' }] },
    });
    expect(await router.send('POST', '/rotations', { id: 'web', name: 'Web' })).toMatchObject({
      body: { faults: [{ path: '/id', message: 'web exists' }] },
    });
  });

  it('takes back what need not be known of a user', async () => {
    const known = { team: 'north', hours: { mon: '09:00-17:00' }, timeZone: 'Europe/Berlin', sponsor: 'ann' };
    await router.send('PATCH', '/users/bob', known);
    const none = { team: null, hours: null, timeZone: null, sponsor: null, site: null };
    const { status, body } = await router.send<object>('PATCH', '/users/bob', none);
    expect(status).toBe(200);
    for (const field of Object.keys(none)) expect(body).not.toHaveProperty(field);
    expect((await router.send('PATCH', '/users/ann', { site: 'bob.example.com' })).status).toBe(200);
    expect(await router.send('PATCH', '/users/bob', { site: 'bob.example.com' })).toMatchObject({
      status: 400,
      body: { faults: [{ path: '/site' }] },
    });
  });
});
