import type { EventLog } from '@lead-rotator/event-log';
import { encodeEvent } from '../cloud-events/encode-event.ts';
import type { KeyOf } from '../cloud-events/message-key.ts';
import type { EventBus } from '../event-bus.ts';

const eventsPerSend = 2_000;

/**
 * Writes the whole log, up to where it ends now, to a topic of its own; returns how many events it wrote. The topic
 * exists and is empty: what was written by a call that failed half-way is still there.
 * @throws BusUnavailable, LogUnavailable: nothing is repeated.
 */
export async function republish(log: EventLog, bus: EventBus, topic: string, keyOf?: KeyOf): Promise<number> {
  const logId = await log.id();
  const until = await log.head();
  let written = 0;
  for (let after = 0; after < until; ) {
    const page = await log.read({ after, until, limit: eventsPerSend, open: true });
    await bus.publish(
      topic,
      page.events.map((event) => encodeEvent(event, logId, keyOf)),
    );
    written += page.events.length;
    after = page.readTo;
  }
  return written;
}
