import type { RecordedEvent } from '@lead-rotator/event-sourcing';
import type { LeadRotatorEventType } from '@lead-rotator/lead-events';

/** Changes the data of the first event of a type about a lead. */
export const changeOf =
  (type: LeadRotatorEventType, leadId: string, data: (before: Record<string, unknown>) => object) =>
  (events: RecordedEvent[]): RecordedEvent[] => {
    const index = events.findIndex((event) => event.type === type && about(event) === leadId);
    const event = events[index] as RecordedEvent;
    const before = event.data as Record<string, unknown>;
    return events.with(index, { ...event, data: { ...before, ...data(before) } });
  };

const about = ({ data }: RecordedEvent): unknown => (data as Record<string, unknown>).leadId;
