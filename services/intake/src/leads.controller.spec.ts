import { describe, expect, it } from '@jest/globals';
import { defaultOrganization, type EventContext } from '@lead-rotator/event-sourcing';
import { leadIdOf } from '@lead-rotator/lead-intake';
import { InvalidRequest } from '@lead-rotator/service-host';
import { intakeInMemory, now } from './testing/intake-in-memory.ts';

const context: EventContext = { organizationId: defaultOrganization, actor: 'service:api', cause: 'request:1' };
const lead = { id: 'fb-812', source: 'facebook', email: 'kim@lead.example' };
const answer = {
  leadId: leadIdOf(defaultOrganization, 'facebook', 'fb-812'),
  source: 'facebook',
  id: 'fb-812',
  status: 'new',
  receivedAt: new Date(now).toISOString(),
  capturedAt: new Date(now).toISOString(),
  position: 1,
};

function client() {
  const parts = intakeInMemory();
  return {
    ...parts,
    async post(body: unknown, key?: string) {
      const statuses: number[] = [];
      const response = { status: (code: number) => void statuses.push(code) };
      const answered = await parts.controller.one(body, context, key, response);
      return { status: statuses.at(-1), body: answered };
    },
  };
}

describe('POST /leads', () => {
  it('answers 201 with the lead, and the same lead again 200 with the same answer', async () => {
    const { post, captured } = client();
    expect(await post(lead)).toEqual({ status: 201, body: answer });
    expect(await post({ ...lead, status: 'contacted' })).toEqual({ status: 200, body: answer });
    expect(await captured()).toHaveLength(1);
  });

  it('takes the same id from another source as another lead', async () => {
    const { post, captured } = client();
    await post(lead);
    expect((await post({ ...lead, source: 'portal' })).status).toBe(201);
    expect(await captured()).toHaveLength(2);
  });

  it('knows a lead without an id by its Idempotency-Key, and takes one without either as new each time', async () => {
    const { post } = client();
    const anonymous = { source: 'web', email: 'kim@lead.example' };
    expect((await post(anonymous, 'key-1')).status).toBe(201);
    expect((await post(anonymous, 'key-1')).status).toBe(200);
    expect((await post(anonymous)).status).toBe(201);
    expect((await post(anonymous)).status).toBe(201);
  });

  it('refuses a lead with every fault by its path', async () => {
    const { post, captured } = client();
    await expect(post({ email: 'kim', score: '7' })).rejects.toEqual(
      new InvalidRequest([
        { path: '/source', message: 'is missing' },
        { path: '/email', message: 'is not an email address' },
        { path: '/score', message: 'must be a number' },
      ]),
    );
    expect(await captured()).toEqual([]);
  });
});

describe('POST /leads/batch', () => {
  it('has an answer for each lead, in their order', async () => {
    const { controller } = client();
    const { answers, ...counts } = await controller.batch([lead, 5, { ...lead, id: 'b' }, lead], context, undefined);
    expect(counts).toEqual({ created: 2, repeated: 1, invalid: 1 });
    expect(answers).toMatchObject([
      { result: 'created', lead: answer },
      { result: 'invalid', faults: [{ path: '', message: 'must be an object: one lead' }] },
      { result: 'created', lead: { id: 'b', position: 2 } },
      { result: 'repeated', lead: answer },
    ]);
  });

  it('knows its leads again by the Idempotency-Key and their places', async () => {
    const { controller } = client();
    const anonymous = [1, 2].map(() => ({ source: 'web', email: 'kim@lead.example' }));
    expect(await controller.batch(anonymous, context, 'key')).toMatchObject({ created: 2 });
    expect(await controller.batch({ leads: anonymous }, context, 'key')).toMatchObject({ created: 0, repeated: 2 });
  });

  it('refuses one lead that is larger than 64 kB, and not its neighbours', async () => {
    const { controller } = client();
    const large = { ...lead, id: 'large', attributes: { note: 'x'.repeat(70_000) } };
    expect(await controller.batch([large, lead], context, undefined)).toMatchObject({
      answers: [{ result: 'invalid', faults: [{ message: 'is larger than 64 kB' }] }, { result: 'created' }],
    });
  });

  it.each([[{}], ['leads'], [Array.from({ length: 1_001 }, () => lead)]])(
    'refuses what is not a list of up to 1,000 leads',
    async (body) => {
      const { controller } = client();
      await expect(controller.batch(body, context, undefined)).rejects.toThrow(InvalidRequest);
    },
  );
});
