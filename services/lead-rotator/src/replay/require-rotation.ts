import type { EventLog } from '@lead-rotator/event-log';
import { readEvent } from '@lead-rotator/lead-events';

/** A slip in its id must not look like a rotation without faults. @throws Error if the log knows no such rotation. */
export async function requireRotation(log: EventLog, rotationId: string | undefined): Promise<void> {
  if (rotationId === undefined) return;
  for (let after = 0, head = Infinity; after < head; ) {
    const page = await log.read({ after, types: ['RotationCreated'] });
    const created = page.events.map(readEvent).filter((event) => event.type === 'RotationCreated');
    if (created.some(({ data }) => data.rotationId === rotationId)) return;
    ({ readTo: after, head } = page);
  }
  throw new Error(`there is no rotation ${rotationId} in the log`);
}
