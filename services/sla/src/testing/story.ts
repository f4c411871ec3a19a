import type { EventLog } from '@lead-rotator/event-log';
import type { RecordedEvent } from '@lead-rotator/event-sourcing';

/** What happened to leads since they were captured, in short: `10:30 L1 LeadReassigned eve`. */
export async function storyOf(log: EventLog, ...types: readonly string[]): Promise<string[]> {
  const { events } = await log.read({ limit: 100_000, ...(types.length === 0 ? {} : { types }) });
  return events.filter(({ data }) => 'leadId' in (data as object)).map(line);
}

function line({ type, at, data }: RecordedEvent): string {
  const { leadId, ownerId, outcome } = data as { leadId: string; ownerId?: string; outcome?: string };
  const time = new Date(at).toISOString().slice(11, 16);
  return [time, leadId, type, outcome ?? ownerId].filter((part) => part !== undefined).join(' ');
}
