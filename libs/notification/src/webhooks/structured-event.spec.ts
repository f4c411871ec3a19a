import { describe, expect, it } from '@jest/globals';
import { encodeEvent } from '@lead-rotator/event-bus';
import type { OrganizationId } from '@lead-rotator/event-sourcing';
import { eventDefinitions } from '@lead-rotator/lead-events';
import { HTTP } from 'cloudevents';
import { structuredContentType, structuredEvent } from './structured-event.ts';

const recorded = ({ type, version, sample }: (typeof eventDefinitions)[keyof typeof eventDefinitions]) => ({
  position: 4711,
  type,
  version,
  data: sample,
  at: 0,
  organizationId: 'default' as OrganizationId,
  actor: 'service:router' as const,
  cause: 'event:4710' as const,
  traceparent: '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01',
});

describe('an event as a document', () => {
  it.each(Object.values(eventDefinitions))('$type is read by the library of CloudEvents', (definition) => {
    const message = encodeEvent(recorded(definition), 'log-1');
    const body = structuredEvent(message);
    const event = HTTP.toEvent({ headers: { 'content-type': structuredContentType }, body });
    expect(event).toMatchObject({
      specversion: '1.0',
      id: '4711',
      source: '/lead-rotator/logs/log-1',
      type: definition.type,
      time: '1970-01-01T00:00:00.000Z',
      subject: message.key,
      sequence: '4711',
      organizationid: 'default',
      datacontenttype: 'application/json',
      traceparent: '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01',
      data: definition.sample,
    });
    expect(body).toContain(`"data":${message.value}}`);
  });
});
