import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { listDeadLetters, resendDeadLetters } from '@lead-rotator/event-bus';
import { eventually } from '@lead-rotator/eventually';
import { notificationsTopic } from '@lead-rotator/service-host';
import { answering, Mailbox, Receiver } from '@lead-rotator/test-cluster';
import { type RunningNotify, Surroundings } from './testing/surroundings.ts';

const secret = `whsec_${Buffer.alloc(24, 9).toString('base64')}`;

let around: Surroundings;
let receiver: Receiver;
let mailbox: Mailbox;
let running: RunningNotify[];
beforeEach(async () => {
  [around, receiver, mailbox] = await Promise.all([Surroundings.open(), Receiver.start(), Mailbox.start()]);
  running = [];
});
afterEach(async () => {
  await Promise.all(running.map((one) => one.stop()));
  await Promise.all([around.close(), receiver.stop(), mailbox.stop()]);
});

async function start(more: Readonly<Record<string, string>> = {}): Promise<RunningNotify> {
  const one = await around.start({
    WEBHOOK_URL: receiver.url,
    WEBHOOK_SECRET: secret,
    SMTP_URL: mailbox.url,
    MAIL_FROM: 'leads@acme.example',
    LEAD_LINK: 'https://crm.acme.example/leads/{leadId}',
    ...more,
  });
  running.push(one);
  return one;
}

async function stop(one: RunningNotify): Promise<void> {
  running = running.filter((other) => other !== one);
  await one.stop();
}

/** Everything that was under way has had the time to arrive. */
const settled = () => sleep(1_000);
const posted = () => receiver.received.map(({ body }) => JSON.parse(body));
const postedLines = () => posted().map(({ type, data }) => `${type} ${data.leadId}`);
const mailedLines = () => mailbox.received.map(({ to, headers }) => `${to}: ${headers.get('subject')}`);
const counted = async ({ metrics }: RunningNotify) => {
  const values = (await metrics.getSingleMetric('lead_rotator_notifications_total')?.get())?.values ?? [];
  return Object.fromEntries(values.map(({ labels, value }) => [`${labels.channel} ${labels.outcome}`, value]));
};

describe('an assigned lead', () => {
  it('is told to the endpoint as it stands on the topic, and to its owner by mail', async () => {
    await around.users('ann');
    const one = await start();
    await around.lead('L1', { firstName: 'Kim', lastName: 'Lee' });
    const position = await around.assign('L1', 'ann');
    await eventually(() => expect(receiver.received).toHaveLength(1));
    const logId = await around.log.id();
    const { events } = await around.log.read({ after: position - 1 });
    expect(receiver.received[0]?.headers['webhook-id']).toBe(`${logId}_${position}`);
    expect(posted()[0]).toMatchObject({
      specversion: '1.0',
      id: String(position),
      source: `/lead-rotator/logs/${logId}`,
      type: 'LeadAssigned',
      subject: 'L1',
    });
    expect(posted()[0].data).toEqual(events[0]?.data);
    await eventually(() => expect(mailbox.received).toHaveLength(1));
    const [mail] = mailbox.received;
    expect(mail?.to).toEqual(['ann@acme.example']);
    expect(mail?.headers.get('subject')).toMatch(/^New lead: Kim Lee, until /);
    expect(mail?.headers.get('message-id')).toMatch(
      new RegExp(`^<${logId}\\.${position}\\.[0-9a-f]{12}@acme\\.example>$`),
    );
    expect(mail?.body).toContain('https://crm.acme.example/leads/L1');
    await eventually(async () => expect(await counted(one)).toEqual({ 'webhook sent': 1, 'mail sent': 1 }));
  });

  it('is told with what follows from it, and nothing else is unless it is set', async () => {
    const one = await start({ SMTP_URL: '', MAIL_FROM: '' });
    await around.lead('L1');
    await around.assign('L1', 'ann');
    await around.append('ClaimDeadlineNeared', { leadId: 'L1' });
    await around.append('ClaimMissed', { leadId: 'L1' });
    await around.append('LeadReassigned', { leadId: 'L1', ownerId: 'bob' });
    await around.append('LeadActivityRecorded', { leadId: 'L1' });
    await around.append('LeadClaimed', { leadId: 'L1', ownerId: 'bob' });
    const owned = ['LeadAssigned', 'ClaimDeadlineNeared', 'ClaimMissed', 'LeadReassigned', 'LeadClaimed'];
    await eventually(() => expect(postedLines()).toEqual(owned.map((type) => `${type} L1`)));
    await stop(one);
    await start({ SMTP_URL: '', MAIL_FROM: '', WEBHOOK_EVENTS: 'LeadCaptured, LeadWon' });
    await around.lead('L2');
    await around.assign('L2', 'ann');
    await around.append('LeadWon', { leadId: 'L2' });
    await eventually(() => expect(postedLines().slice(5)).toEqual(['LeadCaptured L2', 'LeadWon L2']));
    expect(posted()[5].data.person).toEqual({ firstName: 'Kim', lastName: 'L2', email: 'L2@lead.example' });
  });

  it('is told to nobody of before the service was switched on, and of all that came while it was away', async () => {
    await around.users('ann');
    await around.lead('L1');
    await around.assign('L1', 'ann');
    const one = await start();
    await around.lead('L2');
    await around.assign('L2', 'ann');
    await eventually(() => expect(postedLines()).toEqual(['LeadAssigned L2']));
    await eventually(() => expect(mailedLines()).toHaveLength(1));
    await stop(one);
    await around.lead('L3');
    await around.assign('L3', 'ann');
    await start();
    await eventually(() => expect(postedLines()).toEqual(['LeadAssigned L2', 'LeadAssigned L3']));
    await eventually(() => expect(mailedLines()).toHaveLength(2));
  });

  it('is told to nobody of before the log was restored, though its topic is read again', async () => {
    await around.users('ann');
    await stop(await start());
    await around.lead('L1');
    await around.assign('L1', 'ann');
    await around.renewLog();
    await start();
    await around.lead('L2');
    await around.assign('L2', 'ann');
    await eventually(() => expect(postedLines()).toContain('LeadAssigned L2'));
    expect(postedLines()).toEqual(['LeadAssigned L2']);
  });
});

describe('an endpoint', () => {
  const ids = ['A', 'B', 'C', 'D'];
  const life = ['LeadAssigned', 'ClaimMissed', 'LeadReassigned', 'LeadClaimed'] as const;
  const webhooksAlone = { SMTP_URL: '', MAIL_FROM: '' };

  const live = async () => {
    for (const type of life) for (const leadId of ids) await around.append(type, { leadId });
  };

  it('that was down over a restart gets everything, in order for each lead, and nothing twice', async () => {
    await receiver.stop();
    const one = await start(webhooksAlone);
    await live();
    await eventually(async () => expect(await counted(one)).toHaveProperty('webhook unavailable'));
    expect(await one.ready()).toBe(true);
    await stop(one);
    const two = await start(webhooksAlone);
    await receiver.listen();
    await eventually(async () => expect(await counted(two)).toMatchObject({ 'webhook sent': 16 }));
    for (const id of ids) {
      expect(postedLines().filter((line) => line.endsWith(` ${id}`))).toEqual(life.map((type) => `${type} ${id}`));
    }
    expect(receiver.received).toHaveLength(16);
  });

  it('that fails for one lead holds up that one alone, however often it is tried', async () => {
    receiver.answer = (response, { body }) =>
      answering(JSON.parse(body).subject === 'B' ? 500 : 204)(response, { body, headers: {} });
    const one = await start(webhooksAlone);
    await live();
    await eventually(async () => expect(await counted(one)).toMatchObject({ 'webhook sent': 12 }));
    const gauge = await one.metrics.getSingleMetricAsString('lead_rotator_notification_lag_seconds');
    expect(gauge).toMatch(/\{channel="webhook"\} (0\.0*[1-9]|[1-9])/);
    receiver.answer = answering(204);
    await eventually(async () => expect(await counted(one)).toMatchObject({ 'webhook sent': 16 }));
  });

  it('that refuses one message has it put aside with the reason, and gets it when it is sent in again', async () => {
    receiver.answer = (response, { body }) =>
      answering(JSON.parse(body).type === 'ClaimMissed' ? 422 : 204)(response, { body, headers: {} });
    const one = await start(webhooksAlone);
    await live();
    await eventually(async () => expect(await counted(one)).toEqual({ 'webhook sent': 12, 'webhook refused': 4 }));
    const letters = await listDeadLetters(around.bus, notificationsTopic);
    expect(letters.map(({ reason, count }) => `${count} ${reason}`)).toEqual(
      ids.map(() => '1 webhook: the endpoint answered 422'),
    );
    const [{ message, place } = { message: undefined, place: { partition: 0, offset: 0n } }] = letters;
    expect(message?.headers.ce_type?.toString()).toBe('ClaimMissed');
    receiver.answer = answering(204);
    const before = receiver.received.length;
    expect(await resendDeadLetters(around.bus, notificationsTopic, [place])).toBe(1);
    await eventually(() => expect(postedLines().slice(before)).toEqual([`ClaimMissed ${message?.key}`]));
  });

  it('is written to by one of two copies, and by the other when that one stops', async () => {
    const [one, two] = [await start(webhooksAlone), await start(webhooksAlone)];
    await live();
    await eventually(() => expect(receiver.received).toHaveLength(16));
    await stop(one);
    await around.append('LeadAssigned', { leadId: 'E' });
    await eventually(() => expect(postedLines().slice(16)).toEqual(['LeadAssigned E']));
    expect(await two.ready()).toBe(true);
  });
});

describe('a mail', () => {
  const mailsAlone = { WEBHOOK_URL: '', WEBHOOK_SECRET: '' };

  it('goes to nobody who is inactive, has no address, or is not there', async () => {
    await around.users('ann', { userId: 'bob', email: '' }, 'eve');
    await around.append('UserDeactivated', { userId: 'ann' });
    const one = await start(mailsAlone);
    await around.lead('L1');
    for (const ownerId of ['ann', 'bob', 'nobody', 'eve']) {
      await around.lead(`of ${ownerId}`);
      await around.assign(`of ${ownerId}`, ownerId);
    }
    await eventually(async () => expect(await counted(one)).toEqual({ 'mail skipped': 3, 'mail sent': 1 }));
    expect(mailedLines().map((line) => line.split(':')[0])).toEqual(['eve@acme.example']);
  });

  it('tells nothing of a person who was erased', async () => {
    await around.users('ann');
    const one = await start(mailsAlone);
    const [contactId] = await around.lead('L1');
    if (contactId !== undefined) await around.log.contacts.forget(contactId);
    await around.assign('L1', 'ann');
    await eventually(async () => expect(await counted(one)).toEqual({ 'mail skipped': 1 }));
    expect(mailbox.received).toEqual([]);
  });

  it('tells of each lead only what is still so when the server is back', async () => {
    await around.users('ann', 'bob', 'eve');
    await mailbox.stop();
    const one = await start(mailsAlone);
    const ago = (hours: number) => new Date(Date.now() - hours * 3_600_000).toISOString();
    for (const id of ['moved', 'claimed', 'late', 'old', 'near']) await around.lead(id);
    await around.assign('moved', 'ann');
    await around.append('LeadReassigned', { leadId: 'moved', ownerId: 'bob', due: ago(-1) });
    await around.assign('claimed', 'ann');
    await around.append('LeadClaimed', { leadId: 'claimed', ownerId: 'ann' });
    await around.assign('late', 'ann', { due: ago(1) });
    await around.assign('old', 'ann', { at: ago(25) });
    await around.assign('near', 'eve');
    await around.append('ClaimDeadlineNeared', { leadId: 'near', ownerId: 'eve', due: ago(-1) });
    await eventually(async () => expect(await counted(one)).toHaveProperty('mail unavailable'));
    // What was under way was begun before the last word, and has failed when this ends.
    await stop(one);
    await mailbox.listen();
    const two = await start(mailsAlone);
    const skipped = async (copy: RunningNotify) => (await counted(copy))['mail skipped'] ?? 0;
    await eventually(async () => expect((await skipped(one)) + (await skipped(two))).toBe(5));
    await eventually(() => expect(mailbox.received).toHaveLength(2));
    expect(
      mailedLines()
        .map((line) => line.replace(/, until .*/, ''))
        .sort(),
    ).toEqual(['bob@acme.example: New lead: Kim moved', 'eve@acme.example: Claim it soon: Kim near']);
  });

  it('goes to everybody to whom a lead is offered, once each', async () => {
    await around.users('ann', 'bob');
    await start(mailsAlone);
    await around.lead('L1');
    const until = new Date(Date.now() + 60_000).toISOString();
    await around.append('LeadOffered', { leadId: 'L1', userIds: ['ann', 'bob'], until });
    await eventually(() => expect(mailbox.received).toHaveLength(2));
    expect(mailbox.received.map(({ to }) => to.join()).sort()).toEqual(['ann@acme.example', 'bob@acme.example']);
    expect(new Set(mailbox.received.map(({ headers }) => headers.get('message-id'))).size).toBe(2);
  });

  it('that the server refuses for its address is put aside, and the next ones go out', async () => {
    await around.users('ann');
    mailbox.refuses = { recipient: 550 };
    const one = await start(mailsAlone);
    await around.lead('L1');
    await around.assign('L1', 'ann');
    await eventually(async () => expect(await counted(one)).toEqual({ 'mail refused': 1 }));
    const [letter] = await listDeadLetters(around.bus, notificationsTopic);
    expect(letter?.reason).toBe('mail: the mail server answered 550');
    mailbox.refuses = {};
    if (letter !== undefined) await resendDeadLetters(around.bus, notificationsTopic, [letter.place]);
    await eventually(() => expect(mailbox.received).toHaveLength(1));
  });
});

describe('what is logged and counted', () => {
  it('holds nothing of a person, whatever goes wrong', async () => {
    await around.users('ann');
    receiver.answer = answering(500);
    mailbox.refuses = { recipient: 550 };
    const one = await start();
    await around.lead('L1', { firstName: 'Secretname' });
    await around.assign('L1', 'ann');
    receiver.answer = answering(422);
    await eventually(async () => expect(await counted(one)).toMatchObject({ 'webhook refused': 1, 'mail refused': 1 }));
    await settled();
    expect(around.logged).toContain('not told: refused');
    const said = around.logged + (await one.metrics.metrics());
    expect(said).not.toMatch(/Secretname|lead\.example|acme\.example/);
    expect(said).not.toContain(secret);
  });
});
