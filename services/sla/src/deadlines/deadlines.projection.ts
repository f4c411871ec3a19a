import type { RecordedEvent } from '@lead-rotator/event-sourcing';
import type { TableProjection } from '@lead-rotator/read-models';
import type { ClientBase } from 'pg';
import { loadSql } from '../load-sql.ts';
import { type DeadlineChanges, deadlineChanges, deadlineEventTypes } from './deadline-changes.ts';

const deleteDeadlines = loadSql('delete-open-deadlines');
const upsertDeadlines = loadSql('upsert-open-deadlines');

/** The table `open_deadlines`: two statements a page. Whoever wants to know at once is told of what was written. */
export class DeadlinesProjection implements TableProjection {
  readonly name = 'open_deadlines';
  readonly version = 1;
  readonly types = deadlineEventTypes;

  constructor(private readonly written: (changes: DeadlineChanges) => void) {}

  async apply(client: ClientBase, events: readonly RecordedEvent[]): Promise<void> {
    const changes = deadlineChanges(events);
    const { ended, opened } = changes;
    if (ended.length > 0) {
      await client.query(deleteDeadlines, [
        ended.map(({ organizationId }) => organizationId),
        ended.map(({ leadId }) => leadId),
      ]);
    }
    if (opened.length > 0) {
      await client.query(upsertDeadlines, [
        opened.map(({ organizationId }) => organizationId),
        opened.map(({ leadId }) => leadId),
        opened.map(({ due }) => due),
        opened.map(({ assigned }) => assigned),
        opened.map(({ rotationId }) => rotationId),
        opened.map(({ ownerId }) => ownerId ?? null),
        opened.map(({ contactIds }) => contactIds.join()),
      ]);
    }
    this.written(changes);
  }

  async clear(client: ClientBase): Promise<void> {
    await client.query('truncate open_deadlines');
  }
}
