import { describe, expect, it } from '@jest/globals';
import { eventDefinitions, type LeadRotatorEventType, type RecordedLeadEvent } from '@lead-rotator/lead-events';
import { isMailed, type MailedEvent, mailedEvents, mailRecipients } from './mail-recipients.ts';
import { oldestMailed, whyNotMailed } from './why-not-mailed.ts';

const nine = Date.parse('2026-01-05T09:00:00.000Z');
const minute = 60_000;

const recorded = (type: LeadRotatorEventType, position: number, more: object = {}): RecordedLeadEvent =>
  ({
    position,
    type,
    version: eventDefinitions[type].version,
    data: { ...eventDefinitions[type].sample, ...more },
    at: nine,
    organizationId: 'default',
    actor: 'service:router',
    cause: 'event:1',
  }) as unknown as RecordedLeadEvent;

const mailed = (type: LeadRotatorEventType, more: object = {}): MailedEvent => {
  const event = recorded(type, 10, more);
  if (!isMailed(event)) throw new Error(`${type} is not mailed`);
  return event;
};
const instant = (at: number) => new Date(at).toISOString();
const assigned = mailed('LeadAssigned', { due: instant(nine + 15 * minute) });
const over = [
  'LeadAssigned',
  'LeadReassigned',
  'LeadHandedOver',
  'LeadPickedUp',
  'LeadOffered',
  'LeadLeftUnassigned',
  'LeadTakenAway',
  'LeadClaimed',
  'ClaimDeadlineNeared',
  'LeadDeclined',
  'LeadRerouted',
  'LeadWon',
  'LeadLost',
];

describe('an event that somebody gets a mail about', () => {
  it('is mailed while it is so', () => {
    expect(whyNotMailed(assigned, [recorded('LeadCaptured', 9), assigned], nine + minute)).toBeUndefined();
  });

  it('is mailed until its deadline, and at that very instant no more', () => {
    expect(whyNotMailed(assigned, [assigned], nine + 15 * minute - 1)).toBeUndefined();
    expect(whyNotMailed(assigned, [assigned], nine + 15 * minute)).toBe('past its deadline');
  });

  it('is not mailed after the time of an offer', () => {
    const offered = mailed('LeadOffered', { until: instant(nine + minute) });
    expect(whyNotMailed(offered, [offered], nine + minute)).toBe('past its deadline');
  });

  it.each(mailedEvents)('%s is not mailed when it is more than a day old', (type) => {
    const far = instant(nine + 10 * oldestMailed);
    const event = mailed(type, type === 'LeadHandedOver' ? {} : { due: far, until: far });
    expect(whyNotMailed(event, [event], nine + oldestMailed)).toBeUndefined();
    expect(whyNotMailed(event, [event], nine + oldestMailed + 1)).toBe('too old');
  });

  it.each(Object.keys(eventDefinitions) as LeadRotatorEventType[])('and %s after it', (type) => {
    const reason = whyNotMailed(assigned, [assigned, recorded(type, 11)], nine);
    expect(reason).toBe(over.includes(type) ? 'no longer so' : undefined);
  });

  it('is not over for what was before it', () => {
    expect(whyNotMailed(assigned, [recorded('LeadTakenAway', 9), assigned], nine)).toBeUndefined();
  });
});

describe('who gets a mail', () => {
  it('is the new owner', () => {
    expect(mailRecipients(mailed('LeadReassigned', { previousOwnerId: 'ann', ownerId: 'bob' }))).toEqual(['bob']);
  });

  it('is everybody to whom a lead is offered', () => {
    expect(mailRecipients(mailed('LeadOffered', { userIds: ['ann', 'bob'] }))).toEqual(['ann', 'bob']);
  });

  it('is nobody for what they did themselves', () => {
    const event = { ...mailed('LeadHandedOver', { ownerId: 'ann' }), actor: 'user:ann' as const };
    expect(mailRecipients(event)).toEqual([]);
  });
});
