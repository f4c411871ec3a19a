import type { Position } from '@lead-rotator/event-sourcing';
import type { ContactId } from '@lead-rotator/lead-events';

/**
 * Contact ids are UUIDs of version 8 (RFC 9562): 48 bits of where the log stood when the contact was made, then random
 * ones. What carries the contact's tag stands behind that, so a search for it need not go further back, however long the
 * log is. Ids that were made before are random (version 4) and say nothing.
 */
export function contactIdMadeAt(head: Position, randomUuid: string): ContactId {
  const position = head.toString(16).padStart(12, '0');
  return `${position.slice(0, 8)}-${position.slice(8)}-8${randomUuid.slice(15)}` as ContactId;
}

/** Every event of the contact stands behind this position; 0 for an id that does not say. */
export function contactMadeBehind(contactId: ContactId): Position {
  return contactId[14] === '8' ? Number.parseInt(contactId.slice(0, 8) + contactId.slice(9, 13), 16) : 0;
}
