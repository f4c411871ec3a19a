import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { listDeadLetters } from '@lead-rotator/event-bus';
import { defaultOrganization, type RecordedEvent } from '@lead-rotator/event-sourcing';
import { eventually } from '@lead-rotator/eventually';
import { type LeadRotatorEvent, leadTag, toNewEvent, type UserId } from '@lead-rotator/lead-events';
import { leadIdOf } from '@lead-rotator/lead-intake';
import { topics } from '@lead-rotator/service-host';
import { startIntake } from './testing/intake-process.ts';

const traceparent = '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01';
const json = { 'content-type': 'application/json' };
const lead = (id: string) => ({ id, source: 'facebook', firstName: 'Kim', email: 'kim@lead.example' });

describe('intake on PostgreSQL', () => {
  let intake: Awaited<ReturnType<typeof startIntake>>;
  beforeAll(async () => {
    intake = await startIntake();
  });
  afterAll(() => intake?.stop(), 30_000);

  const post = (path: string, body: unknown, more: Record<string, string> = json) => {
    const headers = { authorization: `Bearer ${intake.key}`, ...more };
    return fetch(intake.url + path, {
      method: 'POST',
      headers,
      body: typeof body === 'string' ? body : JSON.stringify(body),
    });
  };

  const eventsOf = (id: string): Promise<RecordedEvent[]> => {
    const tags = [leadTag(leadIdOf(defaultOrganization, 'facebook', id))];
    return intake.log.readByTags({ organizationId: defaultOrganization, tags, open: true });
  };

  it('answers the same lead with the same bytes, 201 and then 200, when it is in the log', async () => {
    const first = await post('/leads', lead('one'), { ...json, traceparent });
    const again = await post('/leads', lead('one'));
    expect([first.status, again.status]).toEqual([201, 200]);
    expect(await again.text()).toBe(await first.text());
    expect(await eventsOf('one')).toMatchObject([
      { type: 'LeadCaptured', actor: 'source:facebook', traceparent, data: { person: { firstName: 'Kim' } } },
    ]);
  });

  it('captures a lead once that comes many times at the same moment', async () => {
    const answers = await Promise.all(Array.from({ length: 20 }, () => post('/leads', lead('many'))));
    expect(answers.map(({ status }) => status).sort()).toEqual([...Array(19).fill(200), 201]);
    expect(new Set(await Promise.all(answers.map((answer) => answer.text()))).size).toBe(1);
    expect(await eventsOf('many')).toHaveLength(1);
  });

  it('gives leads of one person one contact', async () => {
    await post('/leads', { ...lead('contact-1'), email: 'Sam@Lead.example ' });
    await post('/leads', { ...lead('contact-2'), email: 'sam@lead.example', phone: '+49 151 12345678' });
    const events = [...(await eventsOf('contact-1')), ...(await eventsOf('contact-2'))];
    const contacts = events.map(({ data }) => (data as { contactIds: string[] }).contactIds);
    expect(contacts.map(({ length }) => length)).toEqual([1, 2]);
    expect(contacts[1]).toContain(contacts[0]?.[0]);
  });

  it('answers a batch of 1,000, each lead for itself', async () => {
    const leads = Array.from({ length: 1_000 }, (_, number) => lead(`batch-${number}`));
    const answer = await post('/leads/batch', [...leads.slice(0, 998), { source: 'facebook' }, lead('batch-0')]);
    expect(answer.status).toBe(200);
    expect(await answer.json()).toMatchObject({ created: 998, repeated: 1, invalid: 1 });
  });

  it.each([
    ['a fault', lead('x').id, json, 400, 'invalid'],
    ['no JSON', '{', json, 400, 'invalid'],
    ['another content type', 'id=x', { 'content-type': 'application/x-www-form-urlencoded' }, 415, 'not-json'],
    ['more than 64 kB', { ...lead('x'), attributes: { note: 'x'.repeat(70_000) } }, json, 413, 'too-large'],
  ])('refuses %s with a problem', async (_, body, headers, status, code) => {
    const answer = await post('/leads', body, headers as Record<string, string>);
    expect(answer.status).toBe(status);
    expect(answer.headers.get('content-type')).toBe('application/problem+json');
    expect(await answer.json()).toMatchObject({ status, code });
  });

  it('says in our words that a body is no JSON', async () => {
    expect(await (await post('/leads', '{', json)).json()).toMatchObject({
      faults: [{ path: '', message: expect.stringMatching(/^must be a JSON object or list: ./) }],
    });
    for (const body of ['null', '5', '"x"']) {
      expect(await (await post('/leads', body, json)).json()).toMatchObject({
        faults: [{ path: '', message: 'must be a JSON object or list' }],
      });
    }
  });

  it('asks for a key, and lets a source send its own leads only', async () => {
    const nobody = await post('/leads', lead('keyless'), { ...json, authorization: 'Bearer lr_guessed' });
    expect(nobody.headers.get('www-authenticate')).toBe('Bearer');
    expect(await nobody.json()).toMatchObject({ status: 401, code: 'unauthorized' });
    const source = { ...json, authorization: `Bearer ${intake.keyOfSource}` };
    expect((await post('/leads', { ...lead('own'), source: 'facebook' }, source)).status).toBe(201);
    expect(await (await post('/leads', { ...lead('foreign'), source: 'other' }, source)).json()).toMatchObject({
      status: 400,
      faults: [{ path: '/source', message: 'must be facebook: this key is for no other source' }],
    });
  });

  it('reads no large body of who has no key', async () => {
    const stranger = { ...json, authorization: 'Bearer lr_guessed' };
    expect((await post('/leads/batch', '{ no JSON', stranger)).status).toBe(401);
  });

  it('takes leads from a user until they are deactivated, and again when they are back', async () => {
    const ann = { ...json, authorization: `Bearer ${intake.keyOfUser}` };
    const statusOf = async (id: string) => (await post('/leads', lead(id), ann)).status;
    const happens = (type: 'UserRegistered' | 'UserDeactivated' | 'UserActivated') => {
      const data = { userId: 'ann' as UserId, email: 'ann@acme.example', at: '2026-01-05T09:00:00.000Z' };
      const event = { type, data } as LeadRotatorEvent;
      const context = { organizationId: defaultOrganization, actor: 'user:mia', cause: 'request:1' } as const;
      return intake.log.append({ id: randomUUID(), events: [toNewEvent(event, context)], guards: [] });
    };
    await happens('UserRegistered');
    expect(await statusOf('by-ann')).toBe(201);
    await happens('UserDeactivated');
    const refused = await post('/leads/batch', [lead('by-nobody')], ann);
    expect(await refused.json()).toMatchObject({
      status: 403,
      code: 'not-allowed',
      facts: { needs: 'an active user' },
    });
    expect(await statusOf('by-nobody')).toBe(403);
    expect(await eventsOf('by-nobody')).toEqual([]);
    await happens('UserActivated');
    expect(await statusOf('by-ann-again')).toBe(201);
  });

  it('captures what comes on the topic, and puts aside what cannot be used with its bytes, key and headers', async () => {
    const message = (value: string, headers = {}) => ({ key: 'k', value: Buffer.from(value), headers });
    await intake.bus.publish(topics.inbound, [
      message(JSON.stringify(lead('topic-1'))),
      message('{ not JSON', { 'x-own': 'kept' }),
      message(JSON.stringify(lead('topic-2')), { traceparent }),
    ]);
    await eventually(async () => expect(await eventsOf('topic-2')).toMatchObject([{ traceparent }]));
    expect(await eventsOf('topic-1')).toHaveLength(1);
    await eventually(async () => {
      const [letter, ...others] = await listDeadLetters(intake.bus, topics.inbound);
      expect(others).toEqual([]);
      expect(letter).toMatchObject({ reason: 'the value is not JSON in UTF-8', topic: topics.inbound });
      expect(letter?.message.value?.toString()).toBe('{ not JSON');
      expect(letter?.message.key?.toString()).toBe('k');
      expect(letter?.message.headers['x-own']?.toString()).toBe('kept');
    });
  });

  it('is ready, shows its figures, and describes its API', async () => {
    expect((await fetch(`${intake.url}/health/live`)).status).toBe(200);
    expect(await (await fetch(`${intake.url}/health/ready`)).json()).toMatchObject({ ready: true });
    expect(await (await fetch(`${intake.url}/metrics`)).text()).toMatch(/^lead_rotator_leads_captured_total \d+$/m);
    const document = (await (await fetch(`${intake.url}/docs/intake-json`)).json()) as { paths: object };
    expect(Object.keys(document.paths)).toEqual(['/leads', '/leads/batch']);
    expect((await fetch(`${intake.url}/docs/intake`)).status).toBe(200);
  });

  it('answers 503 with Retry-After while the log is away', async () => {
    intake.takeLogAway();
    const answer = await post('/leads', lead('late'));
    expect(answer.status).toBe(503);
    expect(answer.headers.get('retry-after')).toBe('1');
    expect(await answer.json()).toMatchObject({ code: 'unavailable' });
  });
});
