import type { PostgresEventLog } from '@lead-rotator/event-log';
import type { RecordedEvent } from '@lead-rotator/event-sourcing';
import type { EventOfType } from '@lead-rotator/lead-events';
import { members } from './fill-deadlines.ts';

type Missed = EventOfType<'ClaimMissed'>['data'];
type Reassigned = EventOfType<'LeadReassigned'>['data'];

/** Everything that is wrong with what the log says became of these deadlines: lost, doubled, early, out of order or out of turn. */
export async function checkDeadlines(log: PostgresEventLog, dues: ReadonlyMap<string, number>): Promise<string[]> {
  const faults: string[] = [];
  const missed = new Set<string>();
  const reassigned = new Set<string>();
  let lastDue = 0;
  let lastTurn = 0;
  for (const { type, data } of await readAll(log)) {
    const { leadId } = data as Missed | Reassigned;
    const due = dues.get(leadId);
    if (leadId.startsWith('open-')) faults.push(`${leadId} is ${type} before its time`);
    if (due === undefined) continue;
    const { at } = data as Missed;
    if (Date.parse(at) < due) faults.push(`${leadId} fired ${due - Date.parse(at)} ms early`);
    const seen = type === 'ClaimMissed' ? missed : reassigned;
    if (seen.has(leadId)) faults.push(`${leadId} is ${type} twice`);
    seen.add(leadId);
    if (type === 'ClaimMissed') {
      if (due < lastDue) faults.push(`${leadId} fired after one that was due ${lastDue - due} ms later`);
      lastDue = due;
      continue;
    }
    const { turn, ownerId, previousOwnerId } = data as Reassigned;
    if (ownerId === previousOwnerId) faults.push(`${leadId} went to the one who missed it`);
    if (lastTurn > 0 && turn?.number !== lastTurn + 1) faults.push(`turn ${turn?.number} follows on ${lastTurn}`);
    lastTurn = turn?.number ?? 0;
    if (!members.includes(ownerId)) faults.push(`${leadId} went to ${ownerId}, who is no member`);
  }
  for (const leadId of dues.keys()) {
    if (!missed.has(leadId) || !reassigned.has(leadId)) faults.push(`${leadId} never fired`);
  }
  return faults;
}

async function readAll(log: PostgresEventLog): Promise<RecordedEvent[]> {
  const events: RecordedEvent[] = [];
  for (let after = 0; ; ) {
    const page = await log.read({ after, limit: 5_000, types: ['ClaimMissed', 'LeadReassigned'] });
    events.push(...page.events);
    after = page.readTo;
    if (after >= page.head) return events;
  }
}
