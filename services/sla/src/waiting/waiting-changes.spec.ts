import { describe, expect, it } from '@jest/globals';
import type { RecordedEvent } from '@lead-rotator/event-sourcing';
import { type LeadId, type LeadRotatorEvent, toNewEvent } from '@lead-rotator/lead-events';
import { context, nine, web } from '../testing/given.ts';
import { waitingChanges } from './waiting-changes.ts';

const leadId = 'L1' as LeadId;
const at = new Date(nine).toISOString();
const status = { type: 'LeadStatusChanged', data: { leadId, status: 'contacted', at } } as LeadRotatorEvent;
const held = {
  type: 'LeadLeftUnassigned',
  data: { leadId, contactIds: [], why: {}, rotationId: web, waits: 'for-somebody', at },
} as unknown as LeadRotatorEvent;

/** A page of events, the first at position 1. */
const page = (...events: readonly LeadRotatorEvent[]): RecordedEvent[] =>
  events.map((event, index) => ({ ...toNewEvent(event, context), position: index + 1 }));

describe('what a page of events changes about a waiting lead', () => {
  it('is that it suits others since its status changed', () => {
    expect(waitingChanges(page(held, status))).toMatchObject({ began: [{ since: 1 }], changed: [{ position: 2 }] });
  });

  it('is nothing more when the status changed before it began to wait, as if both had come in pages of their own', () => {
    expect(waitingChanges(page(status, held))).toMatchObject({ began: [{ since: 2 }], changed: [] });
  });
});
