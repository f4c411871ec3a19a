import type { EventLog } from '@lead-rotator/event-log';
import { byDue, type Deadline } from '../deadlines/deadline.ts';
import { deadlineChanges, deadlineEventTypes } from '../deadlines/deadline-changes.ts';
import type { DeadlinePlace } from '../deadlines/deadline-table.ts';

/** What the table of open deadlines would hold if it were made from the log at this moment. */
export class DeadlinesInMemory {
  constructor(private readonly log: EventLog) {}

  async read(after: DeadlinePlace, until: number, most: number): Promise<Deadline[]> {
    const { events } = await this.log.read({ types: deadlineEventTypes, limit: 100_000 });
    return deadlineChanges(events)
      .opened.filter((one) => one.due <= until && byDue(after as Deadline, one) < 0)
      .sort(byDue)
      .slice(0, most);
  }
}
