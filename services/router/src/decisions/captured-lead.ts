import type { RecordedEvent } from '@lead-rotator/event-sourcing';
import { type EventOfType, readEvent } from '@lead-rotator/lead-events';

/** A LeadCaptured as it stands in the log. */
export type CapturedLead = EventOfType<'LeadCaptured'> & Omit<RecordedEvent, 'type' | 'data'>;

/**
 * The events that are captured leads, in today's version.
 * @throws UnknownEvent for a version of LeadCaptured that this copy does not know.
 */
export function capturedLeads(events: readonly RecordedEvent[]): CapturedLead[] {
  return events.map(readEvent).filter((event) => event.type === 'LeadCaptured');
}
