import type { RecordedEvent } from '@lead-rotator/event-sourcing';
import type { TableProjection } from '@lead-rotator/read-models';
import type { ClientBase } from 'pg';
import { type DeadlineChanges, deadlineChanges, deadlineEventTypes } from '../deadlines/deadline-changes.ts';
import { writeDeadlines } from '../deadlines/write-deadlines.ts';
import { waitingChanges, waitingEventTypes } from '../waiting/waiting-changes.ts';
import { writeWaiting } from '../waiting/write-waiting.ts';
import { warningChanges, warningEventTypes } from '../warnings/warning-changes.ts';
import { writeWarnings } from '../warnings/write-warnings.ts';

const ofDeadlines: ReadonlySet<string> = new Set(deadlineEventTypes);
const ofWaiting: ReadonlySet<string> = new Set(waitingEventTypes);

/**
 * What is due, who is to be warned of it, and what waits, made together: nearly the same events make all three, and
 * reading them costs more than writing. Whoever wants to know at once is told of the deadlines that were written, before they are committed.
 */
export class SlaTablesProjection implements TableProjection {
  readonly name = 'sla';
  readonly version = 4;
  readonly types = [...new Set<string>([...deadlineEventTypes, ...waitingEventTypes, ...warningEventTypes])];

  constructor(private readonly written: (changes: DeadlineChanges) => void) {}

  async apply(client: ClientBase, events: readonly RecordedEvent[]): Promise<void> {
    const deadlines = deadlineChanges(events.filter(({ type }) => ofDeadlines.has(type)));
    await writeDeadlines(client, deadlines);
    await writeWaiting(client, waitingChanges(events.filter(({ type }) => ofWaiting.has(type))));
    await writeWarnings(client, warningChanges(events));
    this.written(deadlines);
  }

  async clear(client: ClientBase): Promise<void> {
    await client.query('truncate open_deadlines, waiting_leads, claim_warnings, deadline_warnings');
  }
}
