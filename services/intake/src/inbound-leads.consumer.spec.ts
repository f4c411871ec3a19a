import { describe, expect, it } from '@jest/globals';
import type { IncomingMessage, ReceivedBatch } from '@lead-rotator/event-bus';
import { defaultOrganization } from '@lead-rotator/event-sourcing';
import { configurationTag } from '@lead-rotator/lead-events';
import { intakeInMemory, now } from './testing/intake-in-memory.ts';

const lead = { id: '1', source: 'facebook', email: 'kim@lead.example' };

function message(offset: number, value: unknown, headers: Record<string, string> = {}): IncomingMessage {
  return {
    topic: 'leads.inbound',
    partition: 3,
    offset: BigInt(offset),
    timestamp: now,
    key: null,
    value: Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)),
    headers: Object.fromEntries(Object.entries(headers).map(([name, text]) => [name, Buffer.from(text)])),
  };
}

function batchOf(messages: readonly IncomingMessage[]) {
  const aside: string[] = [];
  const batch: ReceivedBatch = {
    topic: 'leads.inbound',
    partition: 3,
    messages,
    events: [],
    isStale: () => false,
    putAside: ({ offset }, reason) => void aside.push(`${offset}: ${reason}`),
  };
  return { batch, aside };
}

describe('leads from a topic', () => {
  it('are captured in their order, and the bad ones between them put aside with their reason', async () => {
    const { consumer, captured } = intakeInMemory();
    const { batch, aside } = batchOf([
      message(0, lead),
      message(1, '{ no JSON'),
      message(2, { ...lead, id: '2', score: 'high' }),
      message(3, { ...lead, id: '3' }),
    ]);
    await consumer.take(batch);
    expect((await captured()).map(({ sourceLeadId }) => sourceLeadId)).toEqual(['1', '3']);
    expect(aside).toEqual(['1: the value is not JSON in UTF-8', '2: /score must be a number']);
  });

  it('are captured once, however often their messages come', async () => {
    const { consumer, captured } = intakeInMemory();
    const { batch } = batchOf([message(0, lead), message(1, lead), message(2, { ...lead, id: undefined })]);
    await consumer.take(batch);
    await consumer.take(batch);
    expect((await captured()).map(({ sourceLeadId }) => sourceLeadId)).toEqual(['1', `leads.inbound/3/2/${now}`]);
  });

  it('without an id are known by that of their CloudEvent', async () => {
    const { consumer, captured } = intakeInMemory();
    const headers = { ce_specversion: '1.0', ce_id: 'ce-1', ce_source: '/ads', ce_type: 'LeadSubmitted' };
    const anonymous = { ...lead, id: undefined };
    await consumer.take(batchOf([message(0, anonymous, headers), message(7, anonymous, headers)]).batch);
    expect((await captured()).map(({ sourceLeadId }) => sourceLeadId)).toEqual(['ce-1']);
  });

  it('belong to the organization of their header, and keep their trace', async () => {
    const { consumer, log } = intakeInMemory();
    const traceparent = '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01';
    await consumer.take(batchOf([message(0, lead, { organization: 'acme', traceparent }), message(1, lead)]).batch);
    const { events } = await log.read();
    expect(events).toMatchObject([
      { organizationId: 'acme', traceparent, actor: 'source:facebook', cause: 'message:leads.inbound/3/0' },
      { organizationId: defaultOrganization, cause: 'message:leads.inbound/3/1' },
    ]);
  });

  it('of one person have one contact, however the number is written', async () => {
    const { consumer, log, captured } = intakeInMemory({ DEFAULT_COUNTRY: 'FR' });
    await log.append({
      id: 'settings',
      guards: [],
      events: [
        {
          type: 'OrganizationSettingsChanged',
          version: 1,
          data: { country: 'DE', at: new Date(now).toISOString() },
          at: now,
          organizationId: defaultOrganization,
          actor: 'user:ann',
          cause: 'request:1',
          tags: [configurationTag],
        },
      ],
    });
    const phones = ['+4915112345678', '0151 12345678', '0049 151 12345678'];
    const leads = phones.map((phone, index) => message(index, { id: phone, source: 'web', phone }));
    await consumer.take(batchOf(leads).batch);
    expect(new Set((await captured()).flatMap(({ contactIds }) => contactIds)).size).toBe(1);
  });
});
