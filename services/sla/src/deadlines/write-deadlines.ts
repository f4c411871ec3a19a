import type { ClientBase } from 'pg';
import { loadSql } from '../load-sql.ts';
import type { DeadlineChanges } from './deadline-changes.ts';

const deleteDeadlines = loadSql('delete-open-deadlines');
const upsertDeadlines = loadSql('upsert-open-deadlines');

/** The table `open_deadlines`: two statements a page at most. */
export async function writeDeadlines(client: ClientBase, { ended, opened }: DeadlineChanges): Promise<void> {
  if (ended.length > 0) {
    const values = [ended.map(({ organizationId }) => organizationId), ended.map(({ leadId }) => leadId)];
    await client.query(deleteDeadlines, values);
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
}
