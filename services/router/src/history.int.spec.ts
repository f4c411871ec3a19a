import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { TestDatabase } from '@lead-rotator/postgres';
import type { HistoryAnswer } from './history/history.response.ts';
import type { RotationAnswer } from './rotations/rotation.response.ts';
import { createRouterDatabase, RunningRouter } from './testing/running-router.ts';

/** What is restored: all but what is a record of turns. */
const configured = ({ name, on, settings, claim, members }: RotationAnswer) => ({
  name,
  on,
  settings,
  claim,
  members: members.map(({ userId, paused, settings: own }) => ({ userId, paused, settings: own })),
});

describe('the history of a rotation', () => {
  let database: TestDatabase;
  let router: RunningRouter;

  beforeAll(async () => {
    database = await createRouterDatabase();
    router = await RunningRouter.start(database.url, { messages: false });
    const people = ['ann', 'bob', 'eve', 'kim', 'tom'];
    for (const id of people) await router.send('POST', '/users', { id, email: `${id}@example.com`, roles: ['admin'] });
  });

  afterAll(async () => {
    await router?.stop();
    await database?.drop();
  });

  const change = async (method: string, path: string, body?: object) =>
    expect((await router.send(method, `/rotations/web${path}`, body, { 'x-actor': 'ann' })).status).toBeLessThan(300);
  const rotation = async () => (await router.get<RotationAnswer>('/rotations/web')).body;
  const history = async (query = '') => (await router.get<HistoryAnswer>(`/rotations/web/history${query}`)).body;

  it('tells each change, by whom and when, page by page', async () => {
    const web = { id: 'web', name: 'Web', members: [{ user: 'ann' }, { user: 'bob', weight: 2 }], caps: { daily: 3 } };
    await router.send('POST', '/rotations', web);
    await change('PATCH', '', { strategy: { type: 'fewest-assigned', period: 'week' }, timeZone: 'Europe/Berlin' });
    const { changes, cursor } = await history('?limit=2');
    expect(changes.map(({ words, actor }) => ({ words, actor }))).toEqual([
      { words: 'timeZone Europe/Berlin.', actor: 'user:ann' },
      { words: 'Chooses by fewest-assigned with period week.', actor: 'user:ann' },
    ]);
    const older = await history(`?limit=50&cursor=${cursor}`);
    expect(older.changes.map(({ words, actor }) => ({ words, actor }))).toEqual([
      { words: 'bob added at place 2 with weight 2.', actor: 'service:api' },
      { words: 'ann added at place 1.', actor: 'service:api' },
      { words: 'Created as Web, on with caps {"daily":3}.', actor: 'service:api' },
    ]);
    expect(older.cursor).toBeUndefined();
    expect((await router.get('/rotations/none/history')).status).toBe(404);
  });

  it('can be gone back in, wherever one was, and forth again', async () => {
    const states = new Map<number, ReturnType<typeof configured>>();
    const remember = async () => states.set(await router.log.head(), configured(await rotation()));
    await remember();
    const steps: [string, string, object?][] = [
      ['POST', '/members', { user: 'eve', place: 1, filter: { field: 'country', is: 'DE' }, paused: true }],
      ['PATCH', '', { name: 'Web leads', ownerId: 'bob', claim: { within: 60_000 }, pickUp: { default: ['new'] } }],
      ['POST', '/members/ann/move', { place: 3 }],
      ['DELETE', '/members/bob'],
      ['PATCH', '', { strategy: 'weighted', caps: { weekly: 9 }, whenNobody: 'hold', makeUp: 'all', timeZone: null }],
      ['PATCH', '/members/eve', { filter: null, weight: 3 }],
      ['POST', '/switch-off'],
      ['POST', '/members', { user: 'kim' }],
      ['POST', '/members/eve/resume'],
      ['POST', '/members', { user: 'tom', place: 1, caps: { daily: 1 } }],
      ['PATCH', '', { claim: null, ownerId: null, pickUp: null, refund: true, enrol: 'team' }],
    ];
    for (const step of steps) {
      await change(...step);
      await remember();
    }
    for (const position of [...states.keys(), ...[...states.keys()].reverse()]) {
      const { status, body } = await router.send<RotationAnswer>('POST', '/rotations/web/restore', { position });
      expect(status).toBe(200);
      expect(effective(configured(body))).toEqual(effective(states.get(position)));
    }
  });

  it('takes the changes of one request together', async () => {
    const made = { id: 'made', name: 'Made', members: [{ user: 'ann' }, { user: 'bob', weight: 2 }] };
    const { body: before } = await router.send<RotationAnswer>('POST', '/rotations', made);
    await router.send('DELETE', '/rotations/made/members/ann');
    const { changes } = (await router.get<HistoryAnswer>('/rotations/made/history')).body;
    for (const { position } of changes.slice(-3)) {
      const { body } = await router.send<RotationAnswer>('POST', '/rotations/made/restore', { position });
      expect(configured(body)).toEqual(configured(before));
    }
  });

  it('is not changed by a restore that changes nothing, or cannot be', async () => {
    const head = await router.log.head();
    await change('POST', '/restore', { position: head });
    expect(await router.send('POST', '/rotations/web/restore', { position: 1 })).toMatchObject({
      status: 400,
      body: { code: 'invalid', faults: [{ path: '/position' }] },
    });
    expect(await router.send('POST', '/rotations/web/restore', { position: head + 1 })).toMatchObject({
      status: 400,
      body: { faults: [{ path: '/position', message: `is in the future: the log stands at ${head}` }] },
    });
    expect(await router.log.head()).toBe(head);
  });
});

/** Settings that say the default are as those that are not there. */
function effective(state: ReturnType<typeof configured> | undefined) {
  const unsaid = { strategy: { type: 'round-robin' }, caps: {}, whenNobody: 'unassigned', makeUp: 'none' };
  return { ...state, settings: { ...unsaid, enrol: 'anyone', refund: false, ...state?.settings } };
}
