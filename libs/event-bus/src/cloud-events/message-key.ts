import type { RecordedEvent } from '@lead-rotator/event-sourcing';
import { definitionOf, readEvent } from '@lead-rotator/lead-events';

/** What an event's message is keyed by. */
export type KeyOf = (event: RecordedEvent) => string;

/**
 * The key that the contract gives an event: its lead, else its rotation or user, else `configuration`.
 * @throws UnknownEvent for an event that this copy does not know: a newer one has to publish it.
 */
export function messageKey(event: RecordedEvent): string {
  const { type, data } = readEvent(event);
  return definitionOf(type)?.key(data) ?? type;
}
