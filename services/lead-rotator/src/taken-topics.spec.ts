import { describe, expect, it } from '@jest/globals';
import type { IncomingMessage } from '@lead-rotator/event-bus';
import { defaultOrganization, type RecordedEvent } from '@lead-rotator/event-sourcing';
import {
  type ActivityId,
  type LeadId,
  type LeadRotatorEvent,
  readEvent,
  toNewEvent,
  type UserId,
} from '@lead-rotator/lead-events';
import { takenTopics } from './taken-topics.ts';

const [, acts] = takenTopics;

function message(value: object): IncomingMessage {
  const bytes = Buffer.from(JSON.stringify(value));
  return { topic: 'leads.activities', partition: 0, offset: 7n, timestamp: 1, key: null, value: bytes, headers: {} };
}

function recorded(leadId: string, activityId: string) {
  const at = '2026-01-05T09:00:00Z';
  const act = { leadId: leadId as LeadId, activityId: activityId as ActivityId, userId: 'ann' as UserId };
  const data = { ...act, kind: 'call', automated: false, occurredAt: at, outcome: 'claims', at };
  const event = { type: 'LeadActivityRecorded', data } as LeadRotatorEvent;
  const context = { organizationId: defaultOrganization, actor: 'source:crm', cause: 'request:1' } as const;
  return readEvent({ ...toNewEvent(event, context), position: 1 } as RecordedEvent);
}

describe('an act on the topic', () => {
  const idOf = (act: object) => acts?.idOf(message(act));
  const idOfEvent = (leadId: string, activityId: string) => acts?.idOfEvent(recorded(leadId, activityId));

  it('is known again in the log by its lead and its id, which are one only together', () => {
    expect(idOf({ leadId: 'L1', by: 'ann', kind: 'call', id: 'call-1' })).toBe(idOfEvent('L1', 'call-1'));
    expect(idOf({ leadId: 'L2', by: 'ann', kind: 'call', id: 'call-1' })).not.toBe(idOfEvent('L1', 'call-1'));
  });

  it('is known by its place if it has no id', () => {
    const place = 'leads.activities/0/7/1';
    expect(idOf({ leadId: 'L1', by: 'ann', kind: 'call' })).toBe(idOfEvent('L1', place));
    expect(idOf({ leadId: 'L1', by: 'ann', kind: 'call', id: null })).toBe(idOfEvent('L1', place));
  });
});
