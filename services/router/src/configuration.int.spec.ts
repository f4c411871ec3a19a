import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { TestDatabase } from '@lead-rotator/postgres';
import type { RotationAnswer, RotationsAnswer } from './rotations/rotation.response.ts';
import { createRouterDatabase, RunningRouter } from './testing/running-router.ts';
import type { UserAnswer, UsersAnswer } from './users/user.response.ts';

const fallbackTo = (rotation: string) => ({
  strategy: Object.fromEntries([
    ['type', 'first-to-claim'],
    ['offerFor', 60_000],
    ['then', [{ rotation }]],
  ]),
});

describe('everything that leads are distributed by', () => {
  let database: TestDatabase;
  let router: RunningRouter;

  beforeAll(async () => {
    database = await createRouterDatabase();
    router = await RunningRouter.start(database.url, { messages: false });
    for (const id of ['ann', 'bob', 'eve']) await router.send('POST', '/users', { id, email: `${id}@example.com` });
    await router.send('POST', '/rotations', { id: 'web', name: 'Web' });
  });

  afterAll(async () => {
    await router?.stop();
    await database?.drop();
  });

  it.each([
    ['a member twice', 'POST', '/rotations/teams/members', { user: 'ANN@example.com' }, 409, 'already-member', '/user'],
    ['a member unknown', 'POST', '/rotations/teams/members', { user: 'kim' }, 404, 'unknown-user', '/user'],
    ['strangers', 'PUT', '/rotations/teams/members/order', { members: ['eve'] }, 404, 'not-a-member', '/members/0'],
    ['no day', 'POST', '/users/eve/away', { from: '2026-02-30', to: '2026-03-02' }, 400, 'invalid', '/from'],
    ['a country that is none', 'PATCH', '/organization', { country: 'XX' }, 400, 'invalid', '/country'],
  ] as const)('refuses %s with its code and place', async (_, method, path, body, status, code, place) => {
    await router.send('POST', '/rotations', { id: 'teams', name: 'Teams', members: [{ user: 'ann' }] });
    const refused = await router.send(method, path, body);
    expect(refused).toMatchObject({ status, body: { code, faults: [{ path: place }] } });
  });

  it('knows no leads of a user whom nobody knows', async () => {
    expect(await router.get('/users/kim/leads')).toMatchObject({ status: 404, body: { code: 'unknown-user' } });
  });

  it('takes a rotation with all its members, or nothing of it', async () => {
    const members = [
      { user: 'ann', weight: 70 },
      { user: 'bob@example.com', weight: 35.5, caps: { daily: 2 } },
    ];
    const rotation = { id: 'shares', name: 'Shares', strategy: 'weighted', members };
    const twice = { ...rotation, members: [...members, { user: 'ann' }] };
    expect(await router.send('POST', '/rotations', twice)).toMatchObject({
      status: 409,
      body: { code: 'already-member', faults: [{ path: '/members/2/user' }] },
    });
    expect((await router.get('/rotations/shares')).status).toBe(404);
    const { status, body } = await router.send<RotationAnswer>('POST', '/rotations', rotation);
    expect(status).toBe(201);
    expect(body).toMatchObject({ strategy: 'weighted', next: 'ann', settings: { strategy: { type: 'weighted' } } });
    expect(body.members.map(({ settings, share }) => ({ settings, share }))).toEqual([
      { settings: { weight: 70 }, share: 0.6635 },
      { settings: { weight: 35.5, caps: { daily: 2 } }, share: 0.3365 },
    ]);
  });

  it.each([
    'round-robin',
    { type: 'longest-waiting', scope: 'organization' },
    { type: 'random', seed: 7, noRepeat: true },
    { type: 'weighted' },
    { type: 'priority-tier', order: 'in-a-row' },
    { type: 'fewest-open', by: 'share' },
    { type: 'fewest-assigned', period: 'week' },
    { type: 'predictive', seed: 7, guard: 0.2, segment: ['source', 'attributes.kind'] },
    { ...fallbackTo('shares').strategy },
    'queue-hidden',
    { type: 'queue-preview', previewFields: ['source', 'region'] },
    { type: 'manual', assignee: 'ann' },
  ])('follows the strategy %j, and shows it as it was written', async (strategy) => {
    const { status, body } = await router.send<RotationAnswer>('PATCH', '/rotations/web', { strategy });
    expect(status).toBe(200);
    expect(body.settings).toMatchObject({ strategy: typeof strategy === 'string' ? { type: strategy } : strategy });
  });

  it('draws a seed where none is given', async () => {
    const { body } = await router.send<RotationAnswer>('PATCH', '/rotations/web', { strategy: 'random' });
    expect(body.settings).toMatchObject({ strategy: { type: 'random', seed: expect.any(Number) } });
  });

  it('sets every policy, and takes back those that need not be there', async () => {
    const policies = {
      ownerId: 'ann',
      timeZone: 'Europe/Berlin',
      whenNobody: { backup: 'bob' },
      makeUp: 'all',
      enrol: 'team-or-downline',
      refund: true,
      pickUp: { default: ['new'] },
      caps: { hourly: 0, daily: 5, weekly: 20, monthly: 60 },
    };
    expect(await router.send('PATCH', '/rotations/web', policies)).toMatchObject({ body: { settings: policies } });
    const taken = { ownerId: null, timeZone: null, pickUp: null, claim: null, enrol: 'anyone' };
    const { body } = await router.send<RotationAnswer>('PATCH', '/rotations/web', taken);
    const { ownerId: _, timeZone: __, pickUp: ___, ...lasting } = policies;
    expect(body.settings).toEqual({
      ...lasting,
      enrol: 'anyone',
      strategy: { type: 'random', seed: expect.any(Number) },
    });
  });

  it('reads the order of ten thousand members', async () => {
    const members = Array.from({ length: 10_000 }, (_, number) => `user-${String(number).padStart(31, '0')}`);
    const answer = await router.send('PUT', '/rotations/web/members/order', { members });
    expect(answer).toMatchObject({ status: 404, body: { code: 'unknown-user' } });
  });

  it('changes a member bit by bit, and credits turns', async () => {
    await router.send('POST', '/rotations/web/members', {
      user: 'eve',
      weight: 2,
      filter: { field: 'country', is: 'DE' },
    });
    const path = '/rotations/web/members/eve';
    const changed = await router.send<RotationAnswer>('PATCH', path, { leadsPerCycle: 3, filter: null });
    expect(changed.body.members[0]?.settings).toEqual({ weight: 2, leadsPerCycle: 3 });
    const credited = await router.send<RotationAnswer>('POST', `${path}/credit`, { by: -2 });
    expect(credited.body.members[0]).toMatchObject({ credit: -2 });
    // An answer that got lost is asked for again.
    for (const _ of [1, 2]) {
      const again = await router.send<RotationAnswer>('POST', `${path}/credit`, { by: -3 }, { 'idempotency-key': 'k' });
      expect(again.body.members[0]).toMatchObject({ credit: -5 });
    }
  });

  it('keeps all that is known of a user, and plans absences', async () => {
    const profile = {
      hours: { 'mon-fri': '09:00-12:00, 13:00-17:00' },
      away: [{ from: '2026-01-06', to: '2026-01-08' }],
      attributes: { languages: ['de'] },
      caps: { daily: 10 },
      maxOpen: 20,
      roles: ['manager'],
      permissions: ['pick-up'],
      plan: 'complete',
      team: 'north',
      sponsor: 'ann',
      site: 'eve.example.com',
      timeZone: 'America/New_York',
    };
    expect(await router.send('PATCH', '/users/eve', profile)).toMatchObject({ status: 200, body: profile });
    const planned = { from: '2026-02-01', to: '2026-02-03' };
    const { body } = await router.send<UserAnswer>('POST', '/users/eve/away', planned);
    expect(body.away).toEqual([...profile.away, planned]);
  });

  it('has settings for all rotations', async () => {
    expect((await router.get('/organization')).body).toEqual({
      timeZone: 'UTC',
      country: null,
      existingContact: 'owner',
      preassigned: 'keep',
    });
    const settings = { timeZone: 'Europe/Berlin', country: 'DE', existingContact: 'route', preassigned: 'overwrite' };
    expect(await router.send('PATCH', '/organization', settings)).toMatchObject({ status: 200, body: settings });
  });

  it('has calendars, territories and pages by their names', async () => {
    const sales = { timeZone: 'Europe/Berlin', hours: { 'mon-fri': '09:00-18:00' }, holidays: ['2026-01-06'] };
    expect((await router.send('PUT', '/calendars/sales', sales)).body).toEqual({ id: 'sales', ...sales });
    expect((await router.get('/calendars')).body).toEqual({ calendars: [{ id: 'sales', ...sales }] });
    const north = {
      condition: {
        any: [
          { field: 'postcode', startsWith: '2' },
          { field: 'region', in: ['HH'] },
        ],
      },
    };
    expect((await router.send('PUT', '/territories/north', north)).body).toEqual({ id: 'north', ...north });
    const inNorth = { user: 'ann', filter: { field: 'territory', is: 'north' } };
    expect((await router.send('POST', '/rotations/web/members', inNorth)).status).toBe(201);
    const spring = { ownerId: 'ann', rotationId: 'web' };
    expect((await router.send('PUT', '/pages/spring', spring)).body).toEqual({ id: 'spring', ...spring });
    expect(await router.get('/pages/none')).toMatchObject({ status: 404, body: { code: 'not-found' } });
  });

  it.each([
    ['priority-tier', 'leads per cycle', [0.75, 0.25]],
    ['round-robin', 'nothing but their number', [0.5, 0.5]],
  ])('shows shares under %s by %s', async (strategy, _, shares) => {
    const members = [
      { user: 'ann', weight: 70, leadsPerCycle: 3 },
      { user: 'bob', weight: 35 },
    ];
    const { body } = await router.send<RotationAnswer>('POST', '/rotations', { name: 'Shares', strategy, members });
    expect(body.members.map(({ share }) => share)).toEqual(shares);
  });

  it('gives lists page by page', async () => {
    const { body } = await router.get<UsersAnswer>('/users?limit=2');
    expect(body.users.map(({ id }) => id)).toEqual(['ann', 'bob']);
    const rest = await router.get<UsersAnswer>(`/users?limit=2&cursor=${body.cursor}`);
    expect(rest.body).toMatchObject({ users: [{ id: 'eve' }] });
    expect(rest.body.cursor).toBeUndefined();
    expect((await router.get<RotationsAnswer>('/rotations?limit=1')).body).toMatchObject({ cursor: '1' });
    expect(await router.get('/users?limit=0')).toMatchObject({ status: 400, body: { faults: [{ path: '/limit' }] } });
  });

  it.each([
    ['a weight below zero', 'PATCH', '/rotations/web/members/eve', { weight: -1 }, '/weight'],
    ['a cap below zero', 'PATCH', '/rotations/web', { caps: { daily: -1 } }, '/caps/daily'],
    ['a user’s cap below zero', 'PATCH', '/users/bob', { caps: { weekly: -1 } }, '/caps/weekly'],
    [
      'pauses that never end',
      'PATCH',
      '/rotations/web',
      { claim: { within: 1, pauses: [{ days: 'mon-sun', from: '00:00', to: '24:00' }] } },
      '/claim/pauses',
    ],
    [
      'starting over without a limit',
      'PATCH',
      '/rotations/web',
      { claim: { within: 1, whenExhausted: 'start-over' } },
      '/claim/whenExhausted',
    ],
    ['fallbacks that come back', 'PATCH', '/rotations/shares', fallbackTo('shares'), '/strategy/then'],
    ['a calendar that is never open', 'PUT', '/calendars/never', { hours: {} }, '/hours'],
    ['hours that are none', 'PUT', '/calendars/odd', { hours: { 'mon-fry': '09:00-17:00' } }, '/hours'],
    ['a zone that is none', 'PATCH', '/organization', { timeZone: 'Mars/Olympus' }, '/timeZone'],
    [
      'a condition on an unknown field',
      'PUT',
      '/territories/odd',
      { condition: { all: [{ field: 'colour', is: 'red' }] } },
      '/condition/all/0/field',
    ],
    [
      'an unknown field in a filter',
      'POST',
      '/rotations/web/members',
      { user: 'bob', filter: { not: { field: 'colour', is: 'red' } } },
      '/filter/not/field',
    ],
    [
      'a comparison with no value',
      'PUT',
      '/territories/odd',
      { condition: { field: 'source', is: {} } },
      '/condition/is',
    ],
    ['a list that is none', 'PUT', '/territories/odd', { condition: { field: 'source', in: 'a' } }, '/condition/in'],
    ['viewing as a claim', 'PATCH', '/rotations/web', { claim: { within: 1, counts: ['view'] } }, '/claim/counts'],
    [
      'team hours without a calendar',
      'PATCH',
      '/rotations/web',
      { claim: { within: 1, clock: 'team-hours' } },
      '/claim/calendar',
    ],
  ])('refuses %s by its path, and does nothing of it', async (_, method, path, body, fault) => {
    const head = await router.log.head();
    const more = path === '/rotations/web' ? { name: 'Changed' } : {};
    expect(await router.send(method, path, { ...body, ...more })).toMatchObject({
      status: 400,
      body: { code: 'invalid', faults: [{ path: fault }] },
    });
    expect(await router.log.head()).toBe(head);
  });

  it.each([
    ['unknown-user', { whenNobody: { backup: 'nobody' } }, '/whenNobody/backup'],
    ['unknown-user', { ownerId: 'nobody' }, '/ownerId'],
    ['unknown-rotation', { claim: { within: 1, onMiss: { queue: 'none' } } }, '/claim/onMiss/queue'],
    ['unknown-rotation', fallbackTo('none'), '/strategy/then/0/rotation'],
  ])('refuses as %s what %j names', async (code, change, path) => {
    expect((await router.send('PATCH', '/rotations/web', change)).body).toMatchObject({ code, faults: [{ path }] });
  });

  it.each([
    ['POST', '/rotations/web/members/nobody/pause', undefined, 'unknown-user', '/userId'],
    ['DELETE', '/rotations/web/members/nobody', undefined, 'unknown-user', '/userId'],
    ['POST', '/rotations/none/members', { user: 'ann' }, 'unknown-rotation', '/rotationId'],
    ['POST', '/users/nobody/deactivate', undefined, 'unknown-user', '/userId'],
    ['POST', '/leads/none/reroute', {}, 'unknown-lead', '/leadId'],
    ['PUT', '/rotations/web/members/order', { members: ['eve', 'nobody'] }, 'unknown-user', '/members/1'],
    [
      'POST',
      '/rotations',
      { name: 'X', members: [{ user: 'ann' }, { user: 'nn' }] },
      'unknown-user',
      '/members/1/user',
    ],
  ])('says in %s %s what nobody knows', async (method, path, body, code, place) => {
    expect((await router.send(method, path, body)).body).toMatchObject({ code, faults: [{ path: place }] });
  });

  it('takes no body of another type, and says what one must be', async () => {
    const text = { 'content-type': 'text/plain' };
    expect(await router.send('POST', '/users', { id: 'kim', email: 'kim@example.com' }, text)).toMatchObject({
      status: 415,
      body: { code: 'not-json' },
    });
    expect((await router.send('POST', '/rotations/web/switch-on', undefined, text)).status).toBe(200);
    const long = { timeZone: 'x'.repeat(70_000) };
    expect(await router.send('PATCH', '/organization', long)).toMatchObject({
      status: 413,
      body: { detail: 'A body of at most 65536 bytes is taken here.' },
    });
    const rules = Array.from({ length: 2_000 }, (_, index) => ({ id: `rule ${index}`, to: 'page' }));
    expect((await router.send('PUT', '/rules/draft', { rules })).status).toBe(200);
  });

  it.each([
    ['/users?limmit=2', '/limmit', 'is not a known query: did you mean limit?'],
    ['/reports/distribution?form=2026-01-01', '/form', 'is not a known query: did you mean from?'],
    ['/organization?colour=red', '/colour', 'is not a known query: none is taken here'],
    ['/notices?colour=red', '/colour', 'is not a known query: known are cursor, lead, limit, notice, rotation'],
  ])('does not pass over a query that nobody knows: %s', async (path, place, message) => {
    expect(await router.get(path)).toMatchObject({ status: 400, body: { faults: [{ path: place, message }] } });
    expect((await router.send('PATCH', '/organization?colour=red', { country: 'DE' })).status).toBe(200);
  });

  it('asks who was meant by a slip in an email address', async () => {
    const { body } = await router.send('POST', '/rotations/web/members', { user: 'bbo@example.com' });
    const message = expect.stringMatching(/^There is no user bbo@example.com.*; did you mean bob@example.com\?$/);
    expect(body).toMatchObject({ faults: [{ path: '/user', message }] });
  });

  it('refuses a page of somebody whom nobody knows, by its path', async () => {
    expect(await router.send('PUT', '/pages/lost', { ownerId: 'nobody' })).toMatchObject({
      status: 404,
      body: { code: 'unknown-user', faults: [{ path: '/ownerId' }] },
    });
  });
});
