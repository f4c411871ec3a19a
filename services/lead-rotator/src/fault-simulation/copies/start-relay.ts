import { Leases, Relay, RelayCursors } from '@lead-rotator/event-bus';
import { topics } from '@lead-rotator/service-host';
import { type CopyParts, logger } from './copy-parts.ts';

/** A relay as its runner puts it together. */
export function startRelay({ log, pool, bus }: CopyParts): void {
  const leases = new Leases({ pool, logger });
  const relay = new Relay({ log, bus, topic: topics.events, leases, cursors: new RelayCursors(pool), logger });
  void relay.run(new AbortController().signal);
}
