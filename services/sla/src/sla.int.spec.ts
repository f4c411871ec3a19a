import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { listDeadLetters } from '@lead-rotator/event-bus';
import { defaultOrganization } from '@lead-rotator/event-sourcing';
import { eventually } from '@lead-rotator/eventually';
import type { UserId } from '@lead-rotator/lead-events';
import type { TestDatabase } from '@lead-rotator/postgres';
import {
  changeRotation,
  changeUserProfile,
  deactivateUser,
  pauseMember,
  registerUser,
  resumeMember,
} from '@lead-rotator/rotation';
import { topics } from '@lead-rotator/service-host';
import type { ActResponse } from './acts/act.response.ts';
import type { DeadlinePage } from './deadlines/deadline.response.ts';
import { HandClock, minute, nine, web } from './testing/given.ts';
import { createSlaDatabase, type RunningSla, Surroundings } from './testing/running-sla.ts';
import { storyOf } from './testing/story.ts';

const ids = (count: number, prefix = 'L') => Array.from({ length: count }, (_, index) => `${prefix}${index + 1}`);

describe('the SLA service as a process runs it', () => {
  let database: TestDatabase;
  let around: Surroundings;
  let running: RunningSla[];

  beforeEach(async () => {
    database = await createSlaDatabase();
    around = new Surroundings(database.url, new HandClock());
    await around.createTopics();
    await around.given.rotation(['ann', 'bob', 'eve'], { within: 30 * minute });
    running = [];
  });

  afterEach(async () => {
    await Promise.all(running.map((one) => one.stop()));
    await around.close();
    await database.drop();
  });

  async function start(): Promise<RunningSla> {
    const sla = await around.start();
    running.push(sla);
    return sla;
  }

  const reassigned = () => storyOf(around.log, 'LeadReassigned');

  it('fires what is overdue once, in order, when it starts after an hour', async () => {
    await around.given.leads(...ids(50));
    around.clock.time = nine + 90 * minute;
    const sla = await start();
    await eventually(async () => expect(await reassigned()).toHaveLength(50));
    expect((await reassigned()).map((line) => line.split(' ')[1])).toEqual(ids(50));
    await sleep(300);
    expect(await reassigned()).toHaveLength(50);
    expect(await sla.figure('deadlines_fired_total')).toBe(50);
    await eventually(async () => expect((await sla.get<DeadlinePage>('/deadlines')).body.deadlines).toHaveLength(50));
  });

  it('takes in what was done before it fires: an hour of downtime takes no worked lead away', async () => {
    await around.given.leads('L1', 'L2');
    await around.tell(
      { leadId: 'L1', by: 'ann', kind: 'call', occurredAt: new Date(nine + 10 * minute).toISOString() },
      { leadId: 'L2', by: 'bob', kind: 'view', occurredAt: new Date(nine + 10 * minute).toISOString() },
    );
    around.clock.time = nine + 90 * minute;
    const sla = await start();
    await eventually(async () => expect(await reassigned()).toEqual(['10:30 L2 LeadReassigned eve']));
    await sleep(300);
    expect(await storyOf(around.log, 'LeadClaimed', 'LeadReassigned')).toEqual([
      '10:30 L1 LeadClaimed ann',
      '10:30 L2 LeadReassigned eve',
    ]);
    expect(await sla.figure('deadline_waits_cut_short_total')).toBe(0);
  });

  it('waits with no deadline for acts of leads that it does not know, and takes them in when the leads come', async () => {
    await around.given.leads('L1');
    const sla = await start();
    const call = { by: 'bob', kind: 'call', occurredAt: new Date(nine).toISOString() };
    // Acts that come too early are tried again for five seconds, whichever moment they are taken in.
    around.clock.time = nine + 30 * minute - 1_000;
    await around.tell({ ...call, leadId: 'L2' }, { ...call, leadId: 'L9' });
    around.clock.time += 1_000;
    await eventually(async () => expect(await reassigned()).toEqual(['09:30 L1 LeadReassigned bob']));
    expect(await sla.figure('deadline_waits_cut_short_total')).toBe(0);
    await around.given.leads('L2');
    await eventually(async () => expect(await storyOf(around.log, 'LeadActivityRecorded')).toHaveLength(1));
    around.clock.time += 6_000;
    const letters = () => listDeadLetters(around.bus, topics.activities);
    await eventually(async () => expect((await letters()).map(({ reason }) => reason)).toEqual(['unknown-lead']));
  });

  it('fires each deadline once with two copies, and goes on with one when the other stops', async () => {
    const [one] = [await start(), await start()];
    await around.given.leads(...ids(20));
    around.clock.time = nine + 30 * minute;
    await eventually(async () => expect(await reassigned()).toHaveLength(20));
    running = running.filter((sla) => sla !== one);
    await one.stop();
    around.clock.time = nine + 60 * minute;
    await eventually(async () => expect(await reassigned()).toHaveLength(40));
    await sleep(300);
    expect(new Set((await reassigned()).map((line) => line.split(' ').slice(0, 2).join())).size).toBe(40);
  });

  it('fires what was assigned after it has looked ahead', async () => {
    await start();
    await sleep(500);
    await around.given.leads('L1');
    around.clock.time = nine + 30 * minute - 1;
    await sleep(500);
    expect(await reassigned()).toEqual([]);
    around.clock.time = nine + 30 * minute;
    await eventually(async () => expect(await reassigned()).toEqual(['09:30 L1 LeadReassigned bob']));
  });

  it('gives out what waits as soon as somebody is back, in the order in which it began to wait', async () => {
    const away = (user: string) => ({ rotationId: web, userId: user as UserId });
    for (const user of ['bob', 'eve']) {
      await around.given.change((distribution, at) => pauseMember(distribution, away(user), at));
    }
    await around.given.leads(...ids(3));
    around.clock.time = nine + 30 * minute;
    await start();
    const pending = () => storyOf(around.log, 'ReassignmentPending');
    await eventually(async () => expect(await pending()).toHaveLength(3));
    await sleep(1_200);
    expect(await reassigned()).toEqual([]);
    around.clock.time = nine + 40 * minute;
    await around.given.change((distribution, at) => resumeMember(distribution, away('eve'), at));
    await eventually(async () =>
      expect(await reassigned()).toEqual(ids(3).map((id) => `09:40 ${id} LeadReassigned eve`)),
    );
  });

  it('gives out what waits at the very minute at which a shift begins', async () => {
    await around.given.change((distribution, at) => changeRotation(distribution, web, { whenNobody: 'hold' }, at));
    for (const user of ['ann', 'bob', 'eve']) {
      const fromTen = { userId: user as UserId, hours: { 'mon-sun': '10:00-18:00' } };
      await around.given.change((distribution, at) => changeUserProfile(distribution, fromTen, at));
    }
    await around.given.leads('L1');
    around.clock.time = nine + 60 * minute - 100;
    await start();
    await sleep(1_200);
    around.clock.time = nine + 60 * minute;
    const assigned = () => storyOf(around.log, 'LeadAssigned');
    await eventually(async () => expect(await assigned()).toEqual(['10:00 L1 LeadAssigned ann']));
  });

  it('warns an owner so long before the deadline as the policy of the turn says, once', async () => {
    const warnings = () => storyOf(around.log, 'ClaimDeadlineNeared');
    const policy = (warnBefore: number) =>
      around.given.change((distribution, at) =>
        changeRotation(distribution, web, { claim: { within: 30 * minute, warnBefore } }, at),
      );
    await around.given.leads('L1');
    await policy(10 * minute);
    await around.given.leads('L2', 'L3');
    await policy(5 * minute);
    await around.given.leads('L4');
    const sla = await start();
    await sla.send('POST', '/leads/L3/activities', { by: 'eve', kind: 'call' });
    await sleep(500);
    around.clock.time = nine + 20 * minute;
    await eventually(async () => expect(await warnings()).toEqual(['09:20 L2 ClaimDeadlineNeared bob']));
    around.clock.time = nine + 25 * minute;
    await eventually(async () => expect(await warnings()).toHaveLength(2));
    await sleep(600);
    expect(await warnings()).toEqual(['09:20 L2 ClaimDeadlineNeared bob', '09:25 L4 ClaimDeadlineNeared ann']);
    expect(await sla.figure('deadline_warnings_total')).toBe(2);
  });

  it('answers acts, and the same act again with the first answer', async () => {
    await around.given.leads('L1');
    const sla = await start();
    const call = { id: 'call-1', by: 'ann', kind: 'call' };
    const answer = { leadId: 'L1', activityId: 'call-1', outcome: 'claims', reason: 'claims', ownerId: 'ann' };
    expect(await sla.send<ActResponse>('POST', '/leads/L1/activities', call)).toEqual({ status: 201, body: answer });
    expect(await sla.send<ActResponse>('POST', '/leads/L1/activities', call)).toEqual({ status: 200, body: answer });
    const [recorded] = (await around.log.read({ types: ['LeadActivityRecorded'] })).events;
    expect(recorded?.actor).toBe('user:ann');
    const key = { 'idempotency-key': 'key-1' };
    const view = { by: 'ann', kind: 'view' };
    expect(await sla.send('POST', '/leads/L1/activities', view, key)).toMatchObject({ status: 201 });
    expect(await sla.send('POST', '/leads/L1/activities', view, key)).toMatchObject({
      status: 200,
      body: { activityId: 'key-1', outcome: 'recorded', reason: 'no-claim-kind' },
    });
    const unknown = await sla.send('POST', '/leads/L9/activities', call);
    expect(unknown).toMatchObject({ status: 404, body: { code: 'unknown-lead' } });
    expect(await sla.send('POST', '/leads/L1/activities', { kind: '', colour: 1 })).toMatchObject({
      status: 400,
      body: { faults: [{ path: '/by' }, { path: '/colour' }, { path: '/kind' }] },
    });
  });

  it('gives a declined lead to somebody else at once', async () => {
    await around.given.leads('L1');
    const sla = await start();
    expect(await sla.send('POST', '/leads/L1/decline', { by: 'bob' })).toMatchObject({
      status: 403,
      body: { code: 'not-owner' },
    });
    const due = new Date(nine + 30 * minute).toISOString();
    expect(await sla.send('POST', '/leads/L1/decline', { by: 'nobody' })).toMatchObject({
      status: 404,
      body: { faults: [{ path: '/by', message: expect.stringMatching(/^There is no user nobody: /) }] },
    });
    expect(await sla.send('POST', '/leads/L1/decline', { by: 'ann' })).toEqual({
      status: 200,
      body: { leadId: 'L1', ownerId: 'bob', due },
    });
    const { events } = await around.log.read({ types: ['LeadReassigned'] });
    expect(events.map(({ actor }) => actor)).toEqual(['user:ann']);
  });

  it('takes the word of a user for themselves only, and of nobody who was deactivated', async () => {
    await around.given.leads('L1', 'L2');
    const sla = await start();
    const { key } = await around.keys.create(defaultOrganization, { kind: 'user', subject: 'ann' });
    const ann = { authorization: `Bearer ${key}` };
    const asBob = await sla.send('POST', '/leads/L2/activities', { by: 'bob', kind: 'call' }, ann);
    expect(asBob).toMatchObject({ status: 403, body: { code: 'not-allowed' } });
    const asAnn = await sla.send('POST', '/leads/L1/activities', { kind: 'call' }, ann);
    expect(asAnn).toMatchObject({ status: 201, body: { outcome: 'claims', ownerId: 'ann' } });
    expect(await sla.send('POST', '/leads/L2/decline', {}, ann)).toMatchObject({ body: { code: 'not-owner' } });
    expect(await sla.send('POST', '/leads/L2/decline', {})).toMatchObject({ body: { faults: [{ path: '/by' }] } });
    await around.given.change((distribution, at) => deactivateUser(distribution, 'ann' as UserId, at));
    expect(await sla.send('GET', '/deadlines', undefined, ann)).toMatchObject({ status: 403 });
  });

  it('shows the deadline of a lead, and the next ones page by page', async () => {
    await around.given.leads(...ids(3));
    const sla = await start();
    const due = new Date(nine + 30 * minute).toISOString();
    const first = { leadId: 'L1', due, ownerId: 'ann', rotationId: 'web' };
    expect(await sla.get('/leads/L1/deadline')).toEqual({ status: 200, body: first });
    expect(await sla.get('/leads/L9/deadline')).toMatchObject({ status: 404, body: { code: 'unknown-lead' } });
    await eventually(async () => {
      expect((await sla.get<DeadlinePage>('/deadlines')).body.deadlines).toHaveLength(3);
    });
    const page = await sla.get<DeadlinePage>('/deadlines?limit=2');
    expect(page.body.deadlines.map(({ leadId }) => leadId)).toEqual(['L1', 'L2']);
    const rest = await sla.get<DeadlinePage>(`/deadlines?limit=2&after=${page.body.next}`);
    expect(rest.body).toMatchObject({ deadlines: [{ leadId: 'L3', ownerId: 'eve' }] });
    await sla.send('POST', '/leads/L1/activities', { by: 'ann', kind: 'call' });
    expect((await sla.get('/leads/L1/deadline')).body).toEqual({ leadId: 'L1', due: null, ownerId: 'ann' });
    expect(await sla.get('/deadlines?limit=0')).toMatchObject({ status: 400 });
  });

  it('shows a deadline to the owner and to managers, and all of them to managers alone', async () => {
    await around.given.leads('L1');
    const register = (user: Parameters<typeof registerUser>[1]) =>
      around.given.change((distribution, at) => registerUser(distribution, user, at));
    await register({ userId: 'mia' as UserId, email: 'mia@example.com', roles: ['manager'] });
    await register({ userId: 'kim' as UserId, email: 'kim@example.com' });
    const sla = await start();
    const asking = async (path: string) => {
      const answers = ['ann', 'bob', 'kim', 'mia'].map(async (subject) => {
        const { key } = await around.keys.create(defaultOrganization, { kind: 'user', subject });
        const { status } = await sla.send('GET', path, undefined, { authorization: `Bearer ${key}` });
        return [subject, status];
      });
      return Object.fromEntries(await Promise.all(answers));
    };
    expect(await asking('/leads/L1/deadline')).toEqual({ ann: 200, bob: 403, kim: 403, mia: 200 });
    expect(await asking('/deadlines')).toEqual({ ann: 403, bob: 403, kim: 403, mia: 200 });
  });

  it('is ready when it has read the log', async () => {
    const sla = await start();
    await eventually(async () => expect((await sla.get('/health/ready')).status).toBe(200));
  });
});
