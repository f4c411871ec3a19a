import { setTimeout as sleep } from 'node:timers/promises';
import type { EventLog } from '@lead-rotator/event-log';
import type { Position } from '@lead-rotator/event-sourcing';
import { readEvent } from '@lead-rotator/lead-events';

/** First decision of a lead, in the order of the log. */
export interface DecidedLead {
  readonly leadId: string;
  /** Undefined: left unassigned. */
  readonly ownerId: string | undefined;
}

/** Every decision on a newly captured lead that stands in the log, as often as it stands there. */
export async function decidedLeads(log: EventLog): Promise<DecidedLead[]> {
  const decided: DecidedLead[] = [];
  let after: Position = 0;
  for (;;) {
    const page = await log.read({ after, limit: 5_000, types: ['LeadAssigned', 'LeadLeftUnassigned'] });
    for (const recorded of page.events) {
      const event = readEvent(recorded);
      if (event.type === 'LeadAssigned') decided.push({ leadId: event.data.leadId, ownerId: event.data.ownerId });
      if (event.type === 'LeadLeftUnassigned') decided.push({ leadId: event.data.leadId, ownerId: undefined });
    }
    after = page.readTo;
    if (page.readTo >= page.head) return decided;
  }
}

/** Waits until the log holds so many decisions. @throws if it does not within `milliseconds`. */
export async function untilDecided(log: EventLog, count: number, milliseconds: number): Promise<DecidedLead[]> {
  const deadline = Date.now() + milliseconds;
  for (;;) {
    const decided = await decidedLeads(log).catch(() => []);
    if (decided.length >= count) return decided;
    if (Date.now() > deadline)
      throw new Error(`${decided.length} of ${count} leads were decided in ${milliseconds} ms`);
    await sleep(200);
  }
}
