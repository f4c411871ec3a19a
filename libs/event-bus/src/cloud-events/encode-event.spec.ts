import { describe, expect, it } from '@jest/globals';
import type { OrganizationId, RecordedEvent } from '@lead-rotator/event-sourcing';
import { eventDefinitions, schemaUri } from '@lead-rotator/lead-events';
import { CloudEvent } from 'cloudevents';
import type { IncomingMessage, OutgoingMessage } from '../event-bus.ts';
import { decodeEvent, UndecodableMessage } from './decode-event.ts';
import { encodeEvent } from './encode-event.ts';

const events = Object.values(eventDefinitions).map(
  ({ type, version, sample }, index): RecordedEvent => ({
    position: index + 1,
    type,
    version,
    data: sample,
    at: Date.parse('2026-01-05T09:00:00.123Z'),
    organizationId: 'default' as OrganizationId,
    actor: 'service:router',
    cause: 'message:leads.inbound/3/812',
    traceparent: '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01',
  }),
);
const [event] = events as [RecordedEvent];

const arrived = ({ key, value, headers }: OutgoingMessage): IncomingMessage => ({
  topic: 'leads.events',
  partition: 0,
  offset: 0n,
  timestamp: 0,
  key: key === null ? null : Buffer.from(key),
  value,
  headers: Object.fromEntries(Object.entries(headers).map(([name, text]) => [name, Buffer.from(text ?? '')])),
});

describe('an event on the bus', () => {
  it.each(events)('$type comes back as it was', (one) => {
    expect(decodeEvent(arrived(encodeEvent(one, 'log-1')))).toEqual({ ...one, source: '/lead-rotator/logs/log-1' });
  });

  it('is a CloudEvent 1.0 in binary mode', () => {
    const { headers, value } = encodeEvent(event, 'log-1');
    expect(headers).toMatchObject({ ce_id: '1', ce_sequence: '1', ce_dataschema: schemaUri(event.type, 1) });
    const attributes = Object.entries(headers).filter(([name]) => name.startsWith('ce_'));
    const cloudEvent = new CloudEvent({
      ...Object.fromEntries(attributes.map(([name, text]) => [name.slice(3), text])),
      datacontenttype: String(headers['content-type']),
      data: JSON.parse(String(value)),
    });
    expect(cloudEvent.validate()).toBe(true);
  });

  it('has the lead as its key, and without one what it is about', () => {
    const keys = new Map(events.map((one) => [one.type, encodeEvent(one, 'log-1').key]));
    const { LeadCaptured, RotationCreated, OrganizationSettingsChanged } = eventDefinitions;
    expect(keys.get('LeadCaptured')).toBe(LeadCaptured.sample.leadId);
    expect(keys.get('RotationCreated')).toBe(RotationCreated.sample.rotationId);
    expect(keys.get(OrganizationSettingsChanged.type)).toBe('configuration');
  });

  it('is the same bytes each time', () => {
    expect(encodeEvent(event, 'log-1')).toEqual(encodeEvent(structuredClone(event), 'log-1'));
  });

  it.each(['ce_type', 'ce_time', 'ce_sequence', 'ce_dataschema', 'ce_source', 'ce_organizationid'])(
    'cannot be read without %s, and says so',
    (name) => {
      const { [name]: _, ...headers } = arrived(encodeEvent(event, 'log-1')).headers;
      const message = { ...arrived(encodeEvent(event, 'log-1')), headers };
      expect(() => decodeEvent(message)).toThrow(new UndecodableMessage(`the header ${name} is missing`));
    },
  );

  it('cannot be read when its value is not JSON', () => {
    const message = { ...arrived(encodeEvent(event, 'log-1')), value: Buffer.from('{') };
    expect(() => decodeEvent(message)).toThrow(new UndecodableMessage('the value is not JSON'));
  });
});
