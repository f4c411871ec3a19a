import { describe, expect, it } from '@jest/globals';
import { eventDefinitions, type RecordedLeadEvent } from '@lead-rotator/lead-events';
import { composeMail, type MailContent } from './compose-mail.ts';
import { type MailedEvent, mailedEvents } from './mail-recipients.ts';

const lead = eventDefinitions.LeadCaptured.sample as MailContent['lead'];
const event = (type: (typeof mailedEvents)[number], more: object = {}): MailedEvent =>
  ({ type, data: { ...eventDefinitions[type].sample, ...more } }) as unknown as RecordedLeadEvent as MailedEvent;
const recipient = { name: 'Ann', timeZone: 'Europe/Berlin' };
const link = 'https://crm.acme.example/leads/{leadId}?from=mail';

describe('a mail to an owner', () => {
  it('says who the lead is, until when by the clock on their wall, and where', () => {
    expect(composeMail({ event: event('LeadAssigned'), lead, recipient, link })).toEqual({
      subject: 'New lead: Kim Lee, until Monday, 5 January 2026 at 10:15',
      text: [
        'Hello Ann,',
        '',
        'this lead is yours:',
        '',
        '  Name    Kim Lee',
        '  Phone   +4915112345678',
        '  Email   kim@lead.example',
        '  Source  facebook',
        '',
        'Claim it before Monday, 5 January 2026 at 10:15 (Europe/Berlin).',
        'Call, write, or note what you did: looking at it does not count.',
        '',
        `https://crm.acme.example/leads/${lead.leadId}?from=mail`,
        '',
      ].join('\n'),
    });
  });

  it('follows daylight saving', () => {
    const due = '2026-07-05T09:15:00.000Z';
    expect(composeMail({ event: event('LeadAssigned', { due }), lead, recipient }).subject).toContain('11:15');
  });

  it('names no time where there is no deadline, and the id where there is no link', () => {
    const { due: _, ...data } = eventDefinitions.LeadAssigned.sample;
    const { subject, text } = composeMail({
      event: { type: 'LeadAssigned', data } as unknown as MailedEvent,
      lead,
      recipient: { timeZone: 'UTC' },
    });
    expect(subject).toBe('New lead: Kim Lee');
    expect(text).not.toContain('before');
    expect(text).toContain(`\nLead ${lead.leadId}\n`);
  });

  it.each(mailedEvents)('%s is told in words of its own', (type) => {
    const others = mailedEvents.filter((other) => other !== type);
    const textOf = (one: typeof type) => composeMail({ event: event(one), lead, recipient }).text.split('\n')[2];
    expect(others.map(textOf)).not.toContain(textOf(type));
  });

  it('lets a lead begin no line, wherever its form was filled in with one', () => {
    const person = {
      firstName: 'Kim\r\nBcc: all@acme.example',
      lastName: 'Lee\u2028\u0007',
      email: 'kim@lead.example',
    };
    const { subject, text } = composeMail({ event: event('LeadAssigned'), lead: { ...lead, person }, recipient });
    expect(subject).toContain('Kim Bcc: all@acme.example Lee');
    expect(subject).not.toMatch(/[\p{Cc}\u2028]/u);
    expect(text).not.toMatch(/^Bcc/m);
  });

  it('stays short, whatever a lead is called', () => {
    const person = { firstName: 'x'.repeat(10_000) };
    const { subject } = composeMail({ event: event('LeadAssigned'), lead: { ...lead, person }, recipient });
    expect(subject.length).toBeLessThan(300);
  });
});
