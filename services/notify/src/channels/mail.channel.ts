import { createHash } from 'node:crypto';
import type { EventLog } from '@lead-rotator/event-log';
import type { EpochMilliseconds } from '@lead-rotator/event-sourcing';
import { type LeadId, leadTag, type RecordedLeadEvent, readEvent } from '@lead-rotator/lead-events';
import {
  type Channel,
  composeMail,
  type Delivery,
  type DueNotification,
  isMailAddress,
  isMailed,
  type MailServer,
  whyNotMailed,
} from '@lead-rotator/notification';
import type { Users } from '../users/users.ts';

export interface MailChannelParts {
  readonly log: EventLog;
  readonly users: Users;
  readonly server: MailServer;
  readonly clock: () => EpochMilliseconds;
  /** The address that mails link to, with `{leadId}` in it. */
  readonly link?: string;
}

const skipped = (reason: string): Delivery => ({ outcome: 'skipped', reason });

/** Writes to owners, and to those to whom a lead is offered. What is told is true when it is sent, or it is not sent. */
export class MailChannel implements Channel {
  readonly name = 'mail';
  readonly concurrency = 4;

  constructor(private readonly parts: MailChannelParts) {}

  async deliver(due: DueNotification): Promise<Delivery> {
    const { log, users, server, clock, link } = this.parts;
    const { organizationId, subject, position, recipient } = due;
    const tags = [leadTag(subject as LeadId)];
    const life = (await log.readByTags({ organizationId, tags, open: true })).map(readEvent);
    const event = life.find((one) => one.position === position);
    if (event === undefined || !isMailed(event)) return skipped('not in the log');
    const reason = whyNotMailed(event, life, clock());
    if (reason !== undefined) return skipped(reason);
    const lead = life.find(isCaptureOf(subject));
    if (lead === undefined || 'erased' in lead.data.person) return skipped('the person was erased');
    const user = await users.find(organizationId, recipient);
    if (user === undefined || !user.active) return skipped('not an active user');
    if (!isMailAddress(user.email)) return skipped('no address');
    const id = `${await log.id()}.${position}.${shortHash(recipient)}`;
    const content = { event, lead: lead.data, recipient: user, ...(link === undefined ? {} : { link }) };
    return server.send({ to: user.email, id, ...composeMail(content) });
  }
}

type Captured = Extract<RecordedLeadEvent, { type: 'LeadCaptured' }>;

const isCaptureOf =
  (leadId: string) =>
  (event: RecordedLeadEvent): event is Captured =>
    event.type === 'LeadCaptured' && event.data.leadId === leadId;

/** Ids of users may have any characters; ids of mails may not. */
const shortHash = (text: string): string => createHash('sha256').update(text).digest('hex').slice(0, 12);
