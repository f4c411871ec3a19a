import { randomUUID } from 'node:crypto';
import type { EventLog } from '@lead-rotator/event-log';
import { defaultOrganization, type EventContext } from '@lead-rotator/event-sourcing';
import {
  type ContactId,
  type LeadId,
  type LeadRotatorEvent,
  type RotationId,
  toNewEvent,
  type UserId,
} from '@lead-rotator/lead-events';

/** The rotation of a filled log, and its members. */
export const rotationId = 'web' as RotationId;
export const members = Array.from({ length: 100 }, (_, number) => `member-${number}` as UserId);
const perUnit = 1_000;
const context: EventContext = { organizationId: defaultOrganization, actor: 'service:bench', cause: 'request:fill' };

/** Captured leads and their turns, as the services write them. */
export async function fill(log: EventLog, leads: number): Promise<void> {
  for (let from = 0; from < leads; from += perUnit) {
    const numbers = Array.from({ length: Math.min(perUnit, leads - from) }, (_, step) => from + step);
    const events = [...numbers.map(captured), ...numbers.map(assigned)].map((event) => toNewEvent(event, context));
    await log.append({ id: randomUUID(), events, guards: [] });
  }
}

const nameOf = (number: number) => ({
  leadId: `00000000-0000-5000-8000-${String(number).padStart(12, '0')}` as LeadId,
  contactIds: [`10000000-0000-4000-8000-${String(number).padStart(12, '0')}` as ContactId],
  at: new Date(Date.UTC(2026, 0, 5) + number).toISOString(),
});

/** A lead as intake writes it. */
export const captured = (number: number): LeadRotatorEvent => ({
  type: 'LeadCaptured',
  data: {
    ...nameOf(number),
    source: 'facebook',
    sourceLeadId: `lead-${number}`,
    status: 'new',
    receivedAt: nameOf(number).at,
    person: {},
  },
});

const assigned = (number: number): LeadRotatorEvent => ({
  type: 'LeadAssigned',
  data: {
    ...nameOf(number),
    ownerId: members[number % members.length] as UserId,
    rotationId,
    turn: { number: number + 1, strategy: 'round-robin', passedOver: [] },
    why: { step: 'rules', reason: 'turn', ruleSet: 0 },
  },
});
