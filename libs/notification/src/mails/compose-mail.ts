import type { EpochMilliseconds } from '@lead-rotator/event-sourcing';
import type { EventOfType, LeadRotatorEventType, Person } from '@lead-rotator/lead-events';
import { claimBy, type MailedEvent } from './mail-recipients.ts';

/** Where the id of the lead goes in the address that mails link to. */
export const leadIdInLink = '{leadId}';

const longestLine = 200;

export interface MailContent {
  readonly event: MailedEvent;
  /** The capture of the lead, its personal data in clear. */
  readonly lead: EventOfType<'LeadCaptured'>['data'];
  readonly recipient: { readonly name?: string; readonly timeZone: string };
  /** The address under which the recipient opens a lead, with `{leadId}` in it. */
  readonly link?: string;
}

export interface MailText {
  readonly subject: string;
  readonly text: string;
}

/** What an owner reads. Each thing that a lead says of itself stands on one line, without control characters. */
export function composeMail({ event, lead, recipient, link }: MailContent): MailText {
  const name = nameOf(lead.person) ?? 'a lead without a name';
  const due = claimBy(event);
  const by = due === undefined ? undefined : localTime(Date.parse(due), recipient.timeZone);
  const { title, opening } = tellings[event.type as keyof typeof tellings];
  const lines = [
    recipient.name === undefined ? 'Hello,' : `Hello ${oneLine(recipient.name)},`,
    '',
    opening,
    '',
    ...factsOf(lead, name),
    '',
    ...(by === undefined ? [] : [`${verb(event)} before ${by} (${recipient.timeZone}).`, howToClaim, '']),
    link === undefined ? `Lead ${lead.leadId}` : link.replaceAll(leadIdInLink, encodeURIComponent(lead.leadId)),
    '',
  ];
  const until = by === undefined ? '' : `, until ${by}`;
  return { subject: `${title}: ${name}${until}`, text: lines.join('\n') };
}

const howToClaim = 'Call, write, or note what you did: looking at it does not count.';

const tellings = {
  LeadAssigned: { title: 'New lead', opening: 'this lead is yours:' },
  LeadReassigned: { title: 'New lead', opening: 'this lead is yours now; somebody else had it before:' },
  LeadHandedOver: { title: 'Lead for you', opening: 'this lead was given to you:' },
  LeadOffered: { title: 'Lead on offer', opening: 'this lead is offered to you and others; the first one has it:' },
  ClaimDeadlineNeared: { title: 'Claim it soon', opening: 'this lead of yours is still not claimed:' },
} as const satisfies Partial<Record<LeadRotatorEventType, { title: string; opening: string }>>;

const verb = ({ type }: MailedEvent): string => (type === 'LeadOffered' ? 'Take it' : 'Claim it');

function factsOf({ person, source }: MailContent['lead'], name: string): string[] {
  const facts = { Name: name, Phone: person.phone, Email: person.email, Source: source };
  return Object.entries(facts).flatMap(([label, value]) =>
    value === undefined ? [] : [`  ${label.padEnd(7)} ${oneLine(value)}`],
  );
}

function nameOf({ firstName, lastName }: Person): string | undefined {
  const name = oneLine([firstName, lastName].filter((part) => part !== undefined).join(' '));
  return name === '' ? undefined : name;
}

/** A text as one line of limited length: what a form lets through must not begin a header, or a paragraph. */
function oneLine(text: string): string {
  const line = text.replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\s]+/gu, ' ').trim();
  return line.length > longestLine ? `${line.slice(0, longestLine - 1)}…` : line;
}

/** As the clock on the recipient's wall shows it. */
function localTime(at: EpochMilliseconds, timeZone: string): string {
  const format = new Intl.DateTimeFormat('en-GB', {
    timeZone,
    dateStyle: 'full',
    timeStyle: 'short',
    hourCycle: 'h23',
  });
  return format.format(at);
}
