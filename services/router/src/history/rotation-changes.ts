import type { EventLog } from '@lead-rotator/event-log';
import type { OrganizationId, Position, RecordedEvent } from '@lead-rotator/event-sourcing';
import { configurationTag, type RotationId, readEvent } from '@lead-rotator/lead-events';
import { type RotationEvent, rotationEventTypes } from '@lead-rotator/rotation';

export type RecordedChange = RotationEvent & Omit<RecordedEvent, 'type' | 'data'>;

/**
 * All that was ever changed about a rotation, the oldest first. Found among the changes of all rotations: the rotation's
 * own tag is on each of its turns too, of which there may be millions.
 */
export async function changesOfRotation(
  log: EventLog,
  organizationId: OrganizationId,
  rotationId: RotationId,
): Promise<RecordedChange[]> {
  const recorded = await log.readByTags({ organizationId, tags: [configurationTag], types: rotationEventTypes });
  const changes = recorded.map((one) => readEvent(one) as RecordedChange);
  return changes.filter(({ data }) => data.rotationId === rotationId);
}

/** The changes up to a position, and what else the request has changed that made the last of them. */
export function changesThrough(changes: readonly RecordedChange[], position: Position): readonly RecordedChange[] {
  const cause = changes.findLast((change) => change.position <= position)?.cause;
  return changes.filter((change) => change.position <= position || change.cause === cause);
}
