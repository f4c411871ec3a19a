import type { EventLog } from '@lead-rotator/event-log';
import type { Position, RecordedEvent } from '@lead-rotator/event-sourcing';
import type { ReportFault } from './fault.ts';
import type { ReportProgress } from './progress.ts';

/** What the check needs of a log; it only reads. */
export type ReadableLog = Pick<EventLog, 'id' | 'head' | 'read'>;

const eventsPerPage = 5_000;

/**
 * Every event up to a position, page by page, the next page read while the one before is looked at. Positions count up
 * by one without a gap; where they do not, that is reported and the reading goes on.
 */
export async function* readLog(
  log: ReadableLog,
  until: Position,
  report: ReportFault,
  progress: ReportProgress,
): AsyncGenerator<readonly RecordedEvent[]> {
  let last = 0;
  let next = log.read({ after: 0, until, limit: eventsPerPage });
  for (let readTo = 0; readTo < until; ) {
    const page = await next;
    if (page.readTo <= readTo) break;
    readTo = page.readTo;
    next = readTo < until ? log.read({ after: readTo, until, limit: eventsPerPage }) : next;
    // It is awaited later, or never if whoever looks ends before.
    next.catch(() => {});
    for (const { position } of page.events) {
      if (position !== last + 1) report('position-gap', { position }, { after: last });
      last = position;
    }
    yield page.events;
    progress({ part: 'log', done: readTo, of: until });
  }
  if (last < until) report('position-gap', { position: until }, { after: last });
}
