import { randomUUID } from 'node:crypto';
import type { PostgresEventLog } from '@lead-rotator/event-log';
import { defaultOrganization, type EventContext, type Unit } from '@lead-rotator/event-sourcing';
import {
  type ContactId,
  type LeadId,
  type LeadRotatorEvent,
  type RotationId,
  toNewEvent,
  type UserId,
} from '@lead-rotator/lead-events';

export const members = Array.from({ length: 10 }, (_, number) => `member-${number}`);
export const rotationId = 'web';

const context: EventContext = { organizationId: defaultOrganization, actor: 'service:bench', cause: 'request:bench' };
const together = 500;
const callsAtOnce = 4;

/** Leads whose deadlines are to be in the log. */
export interface Leads {
  readonly prefix: string;
  readonly count: number;
  /** Number of the first one's turn. */
  readonly turn: number;
  /** Until when the lead of that number has to be claimed, in epoch milliseconds. */
  due(number: number): number;
  /** With their capture, personal data sealed: what fires is loaded. What only lies open needs none. */
  readonly captured: boolean;
}

/** Writes leads as intake and router do: captured, and given out in turn. Returns the id and due of each, in order. */
export async function fillDeadlines(log: PostgresEventLog, leads: Leads): Promise<Map<string, number>> {
  const dues = new Map<string, number>();
  for (let number = 0; number < leads.count; number += 1) dues.set(`${leads.prefix}-${number}`, leads.due(number));
  let next = 0;
  const writer = async () => {
    while (next < leads.count) {
      const from = next;
      next += together;
      await log.append(await unitOf(log, leads, from, Math.min(leads.count, from + together)));
    }
  };
  await Promise.all(Array.from({ length: callsAtOnce }, writer));
  return dues;
}

async function unitOf(log: PostgresEventLog, leads: Leads, from: number, to: number): Promise<Unit> {
  const numbers = Array.from({ length: to - from }, (_, index) => from + index);
  const contacts = leads.captured ? await contactsOf(log, leads, numbers) : [];
  const at = new Date().toISOString();
  const events = numbers.flatMap((number, index) => {
    const contactIds = contacts[index] ?? [];
    const assigned = assignment(leads, number, contactIds, at);
    return leads.captured ? [capture(leads, number, contactIds, at), assigned] : [assigned];
  });
  return { id: randomUUID(), events: events.map((event) => toNewEvent(event, context)), guards: [] };
}

function contactsOf(log: PostgresEventLog, { prefix }: Leads, numbers: readonly number[]) {
  return log.contacts.resolve(
    defaultOrganization,
    numbers.map((number) => [{ kind: 'email', value: `${prefix}-${number}@lead.example` }]),
  );
}

function capture({ prefix }: Leads, number: number, contactIds: ContactId[], at: string): LeadRotatorEvent {
  const id = `${prefix}-${number}`;
  const person = { firstName: 'Kim', lastName: 'Lee', email: `${id}@lead.example`, attributes: { budget: 5000 } };
  const from = { source: 'facebook', sourceLeadId: id, group: 'loans', status: 'new', country: 'DE' };
  return { type: 'LeadCaptured', data: { leadId: id as LeadId, contactIds, ...from, receivedAt: at, person, at } };
}

function assignment(leads: Leads, number: number, contactIds: ContactId[], at: string): LeadRotatorEvent {
  const turn = leads.turn + number;
  return {
    type: 'LeadAssigned',
    data: {
      leadId: `${leads.prefix}-${number}` as LeadId,
      contactIds,
      ownerId: members[(turn - 1) % members.length] as UserId,
      rotationId: rotationId as RotationId,
      turn: { number: turn, strategy: 'round-robin', passedOver: [] },
      due: new Date(leads.due(number)).toISOString(),
      why: { step: 'rules', reason: 'turn', ruleSet: 0 },
      at,
    },
  };
}
