import type { EventLog } from '@lead-rotator/event-log';
import { defaultOrganization, type Position } from '@lead-rotator/event-sourcing';
import { type ContactId, type EventOfType, type LeadId, toNewEvent } from '@lead-rotator/lead-events';
import { v5 } from 'uuid';
import { type CapturedLead, capturedLeads } from '../decisions/captured-lead.ts';
import { start } from './router-copy.ts';

type Captured = EventOfType<'LeadCaptured'>;

/** The contact of that name. */
export const contactOf = (name: string): ContactId => v5(name, v5.URL) as ContactId;

/** A lead of its own contact, captured at a time. */
export function leadCaptured(leadId: string, at = start, more: Partial<Captured['data']> = {}): Captured {
  const when = new Date(at).toISOString();
  return {
    type: 'LeadCaptured',
    data: {
      leadId: leadId as LeadId,
      source: 'spec',
      sourceLeadId: leadId,
      contactIds: [contactOf(leadId)],
      status: 'new',
      receivedAt: when,
      person: { email: `${leadId.toLowerCase()}@lead.example` },
      at: when,
      ...more,
    },
  };
}

/** Captures leads as intake does, and gives them as their messages bring them: in clear, in the order of the log. */
export async function capture(log: EventLog, ...events: Captured[]): Promise<CapturedLead[]> {
  const head: Position = await log.head();
  const context = { organizationId: defaultOrganization, actor: 'source:spec', cause: 'request:spec' } as const;
  await log.appendAll(
    events.map((event) => ({
      id: `capture ${event.data.leadId}`,
      events: [toNewEvent(event, context)],
      guards: [],
    })),
  );
  const { events: recorded } = await log.read({ after: head, limit: 10_000, types: ['LeadCaptured'], open: true });
  return capturedLeads(recorded);
}

/** What was decided about leads, in the order of the log: `L1 to ann`, `L2 to nobody`. */
export async function decisions(log: EventLog): Promise<string[]> {
  const types = ['LeadAssigned', 'LeadReassigned', 'LeadLeftUnassigned'];
  const { events } = await log.read({ types, limit: 100_000 });
  return events.map(({ data }) => {
    const { leadId, ownerId = 'nobody' } = data as { leadId: string; ownerId?: string };
    return `${leadId} to ${ownerId}`;
  });
}
