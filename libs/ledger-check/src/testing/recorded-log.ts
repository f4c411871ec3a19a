import type { Position, RecordedEvent } from '@lead-rotator/event-sourcing';
import type { ReadableLog } from '../read-log.ts';

export const recordedLogId = 'log-1';

/** A log as it was read, right or wrong: faults can be planted that no log would take. */
export function recordedLog(
  events: readonly RecordedEvent[],
  head: Position = events.at(-1)?.position ?? 0,
): ReadableLog {
  return {
    id: async () => recordedLogId,
    head: async () => head,
    async read({ after = 0, until = head, limit = 1_000 } = {}) {
      const wanted = events.filter(({ position }) => position > after && position <= until).slice(0, limit);
      const full = wanted.length === limit;
      return { events: wanted, readTo: full ? (wanted.at(-1)?.position ?? until) : Math.min(until, head), head };
    },
  };
}
