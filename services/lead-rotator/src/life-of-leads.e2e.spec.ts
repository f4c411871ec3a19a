import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { eventually } from '@lead-rotator/eventually';
import type { UserId } from '@lead-rotator/lead-events';
import { runCommand } from '@lead-rotator/test-cluster';
import { Office } from './testing/office.ts';

const minute = 60_000;
const second = 1_000;

const offered = (offerFor: number) => ({
  settings: { strategy: { type: 'first-to-claim' as const, offerFor, otherwise: [{ user: 'kim' as UserId }] } },
  members: ['kim', 'lou'],
});

/* The life of leads as scenario files tell it, in windows of seconds, over HTTP. */
describe('the life of leads, through the services', () => {
  let office: Office;

  beforeAll(async () => {
    office = await Office.open();
    await office.rotations({
      claims: {
        settings: { claim: { within: 10 * minute, warnBefore: minute } },
        members: ['ann', 'bob', 'eve'],
      },
      // Long enough for what is asked and done between two of its times.
      missed: { settings: { claim: { within: 20 * second, warnBefore: 10 * second } }, members: ['bob', 'eve'] },
      offers: offered(10 * minute),
      brief: offered(second),
      held: { settings: { whenNobody: 'hold' }, members: ['mo'] },
      pending: { settings: { claim: { within: second } }, members: ['ned', 'oli'] },
      pauses: { settings: { claim: { within: second, pauseAfterMisses: 1 } }, members: ['pia', 'quin'] },
      queue: {
        settings: { strategy: { type: 'queue-hidden' }, pickUp: { default: ['new'], loans: ['contacted'] } },
        members: [{ id: 'ray', permissions: ['pick-up'] }, 'sue'],
      },
      left: { settings: { claim: { within: 10 * minute } }, members: ['tom', 'uma'] },
      rest: { members: [{ id: 'val', roles: ['manager'] }] },
    });
  });

  afterAll(() => office?.close());

  const lead = async (id: string) => (await office.get(`/leads/${id}`)).body;
  const owners = async (id: string) => (await lead(id)).owners;
  const act = (id: string, by: string) => office.post(`/leads/${id}/activities`, { by, kind: 'call' });
  const noticesOf = async (id: string) => {
    const { notices } = (await office.get(`/notices?lead=${id}`)).body as { notices: { notice: string }[] };
    return notices.map(({ notice }) => notice).toReversed();
  };
  const become = (id: string, expected: object) =>
    eventually(async () => expect(await lead(id)).toMatchObject(expected));

  it('a lead is claimed by its owner; one that is not is warned of, missed, and goes on', async () => {
    const [one, two] = [await office.lead('claims', 'c1'), await office.lead('missed', 'c2')];
    await become(one, { state: 'assigned', ownerId: 'ann', rotationId: 'claims' });
    expect(await act(one, 'ann')).toMatchObject({ status: 201, body: { outcome: 'claims' } });
    await eventually(async () => expect(await noticesOf(two)).toEqual(['deadline-near']));
    expect(await owners(two)).toEqual(['bob']);
    await become(two, { owners: ['bob', 'eve'] });
    expect(await act(two, 'bob')).toMatchObject({ body: { outcome: 'too-late', ownerId: 'eve' } });
    expect(await act(two, 'eve')).toMatchObject({ body: { outcome: 'claims' } });
    await eventually(async () => expect(await noticesOf(two)).toEqual(['deadline-near', 'missed']));
    expect(await lead(one)).toMatchObject({ state: 'claimed', owners: ['ann'] });
    expect(await noticesOf(one)).toEqual([]);
  });

  it('a lead of the same person follows the first, and a claim of one claims both', async () => {
    const one = await office.lead('claims', 'twin');
    await become(one, { state: 'assigned' });
    const two = await office.lead('rest', 'twin');
    await become(two, { state: 'assigned', follows: one });
    const [first] = (await owners(one)) as string[];
    await office.post(`/leads/${one}/decline`, { by: first });
    const { ownerId } = await lead(one);
    expect(ownerId).not.toBe(first);
    expect(await lead(two)).toMatchObject({ ownerId });
    await act(one, ownerId as string);
    expect(await lead(two)).toMatchObject({ state: 'claimed', owners: [first, ownerId] });
  });

  it('an offered lead is of the first who picks it up, and falls back when nobody does', async () => {
    const taken = await office.lead('offers', 'o1');
    await become(taken, { state: 'offered', ownerId: null });
    await eventually(async () =>
      expect((await office.get('/rotations/offers/queue')).body).toMatchObject({ leads: [{ id: taken }] }),
    );
    const race = await Promise.all(['kim', 'lou'].map((by) => office.post(`/leads/${taken}/pick-up`, { by })));
    expect(race.map(({ status }) => status).toSorted()).toEqual([200, 409]);
    expect(race.find(({ status }) => status === 409)?.body).toMatchObject({ code: 'taken' });
    expect(await office.post(`/leads/${taken}/pick-up`, { by: 'ann' })).toMatchObject({ status: 403 });
    const left = await office.lead('brief', 'o2');
    await become(left, { state: 'assigned', ownerId: 'kim' });
    const acted = await office.lead('offers', 'o3');
    await become(acted, { state: 'offered' });
    expect(await act(acted, 'lou')).toMatchObject({ body: { outcome: 'claims', ownerId: 'lou' } });
  });

  it('a held lead goes out as soon as somebody is back', async () => {
    await office.post('/rotations/held/members/mo/pause');
    const [one, two] = [await office.lead('held', 'h1'), await office.lead('held', 'h2')];
    await become(two, { state: 'waiting', rotationId: 'held' });
    await eventually(async () =>
      expect((await office.get('/leads/unassigned')).body.leads).toMatchObject([
        { id: one, state: 'held' },
        { id: two, state: 'held' },
      ]),
    );
    await office.post('/rotations/held/members/mo/resume');
    await become(two, { ownerId: 'mo' });
    await become(one, { ownerId: 'mo' });
  });

  it('a missed lead that nobody else can have now is kept until somebody can', async () => {
    await office.post('/rotations/pending/members/oli/pause');
    const id = await office.lead('pending', 'p1');
    await become(id, { state: 'pending', ownerId: 'ned' });
    await eventually(async () => expect(await noticesOf(id)).toEqual(['missed', 'nobody-eligible']));
    await office.post('/rotations/pending/members/oli/resume');
    await become(id, { owners: ['ned', 'oli'] });
    await become(id, { state: 'assigned', ownerId: 'oli' });
    await eventually(async () => expect(await noticesOf(id)).toContain('exhausted'));
  });

  it('a member who misses a lead is paused, the last one never', async () => {
    const id = await office.lead('pauses', 'm1');
    await become(id, { owners: ['pia', 'quin'] });
    await eventually(async () => expect(await noticesOf(id)).toContain('exhausted'));
    const { members } = (await office.get('/rotations/pauses')).body as { members: { paused: boolean }[] };
    expect(members.map(({ paused }) => paused)).toEqual([true, false]);
    expect((await noticesOf(id)).filter((notice) => notice === 'member-paused')).toHaveLength(1);
  });

  it('a lead in a queue is picked up by who may, if its status is allowed for its group', async () => {
    const [one, two] = [await office.lead('queue', 'q1', { group: 'loans' }), await office.lead('queue', 'q2')];
    await become(two, { state: 'waiting' });
    expect(await office.post(`/leads/${two}/pick-up`, { by: 'sue' })).toMatchObject({ status: 403 });
    expect(await office.post(`/leads/${one}/pick-up`, { by: 'ray' })).toMatchObject({
      status: 409,
      body: { code: 'not-permitted-status' },
    });
    await eventually(async () =>
      expect((await office.get('/rotations/queue/queue')).body).toMatchObject({
        waiting: 2,
        leads: [{ since: expect.any(String) }, { since: expect.any(String) }],
      }),
    );
    expect(await office.post('/rotations/queue/pick-up', { by: 'ray' })).toMatchObject({ body: { id: two } });
    await office.post(`/leads/${one}/status`, { is: 'contacted' });
    expect(await office.post(`/leads/${one}/pick-up`, { by: 'ray' })).toMatchObject({ body: { state: 'claimed' } });
  });

  it('the leads of a deactivated user go on, and about those worked a notice is raised', async () => {
    const [one, , three] = [
      await office.lead('left', 'l1'),
      await office.lead('left', 'l2'),
      await office.lead('left', 'l3'),
    ];
    await become(three, { ownerId: 'tom' });
    await act(one, 'tom');
    await office.post('/users/tom/deactivate');
    await become(three, { ownerId: 'uma' });
    await eventually(async () => expect(await noticesOf(one)).toEqual(['owner-inactive']));
    expect(await office.post('/leads/hand-over', { leads: [one, three], to: 'val', by: 'val' })).toMatchObject({
      body: { given: 2, refused: 0 },
    });
    expect(await office.post(`/leads/${one}/outcome`, { is: 'won', by: 'val' })).toMatchObject({
      body: { state: 'won', ownerId: 'val' },
    });
    expect(await office.post(`/leads/${one}/pick-up`, { by: 'val' })).toMatchObject({ body: { code: 'closed' } });
  });

  it('and every decision comes out as it was recorded when it is taken again', async () => {
    const { exitCode, output } = await runCommand(['replay', '--json'], {
      DATABASE_URL: office.databaseUrl,
      KAFKA_BROKERS: '',
      LOG_LEVEL: 'warn',
    });
    expect(JSON.parse(output)).toMatchObject({ differences: [], unjudged: 0, erased: 0 });
    expect(exitCode).toBe(0);
  });

  it('and the check finds nothing wrong with the log, nor with any table made from it', async () => {
    const environment = { DATABASE_URL: office.databaseUrl, KAFKA_BROKERS: '', LOG_LEVEL: 'warn' };
    // What is under way yet is a fault to it.
    const readModels = await eventually(async () => {
      const { exitCode, stdout } = await runCommand(['check', '--json'], environment);
      const found = JSON.parse(stdout) as { faults: unknown; readModels: Record<string, number> };
      expect({ exitCode, faults: found.faults }).toEqual({ exitCode: 0, faults: [] });
      return found.readModels;
    });
    expect(readModels).toMatchObject({ 'lead-tables': expect.any(Number), sla: expect.any(Number) });
    expect(readModels['lead-tables']).toBeGreaterThan(20);
    const [taken, proven] = [
      await runCommand(['snapshot', 'take'], environment),
      await runCommand(['snapshot', 'verify'], environment),
    ];
    expect(taken.output).toMatch(/^a snapshot is kept, at position \d+\n$/);
    expect(proven).toMatchObject({
      exitCode: 0,
      output: expect.stringContaining('equal to a replay from the beginning'),
    });
    const rebuilt = await runCommand(['rebuild', '--json'], environment);
    expect(JSON.parse(rebuilt.stdout)).toMatchObject({ 'lead-tables': { different: [] }, sla: { different: [] } });
  });
});
