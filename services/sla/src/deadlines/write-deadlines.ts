import { columns } from '@lead-rotator/read-models';
import type { ClientBase } from 'pg';
import { loadSql } from '../load-sql.ts';
import type { DeadlineChanges, OpenedDeadline } from './deadline-changes.ts';

const deleteDeadlines = loadSql('delete-open-deadlines');
const upsertDeadlines = loadSql('upsert-open-deadlines');

/** As they are sent to the tables: a column holds texts, and not lists of them. */
export const deadlineRows = (opened: readonly OpenedDeadline[]) =>
  opened.map((one) => ({ ...one, contacts: one.contactIds.join() }));

/** The table `open_deadlines`: two statements a page at most. */
export async function writeDeadlines(client: ClientBase, { ended, opened }: DeadlineChanges): Promise<void> {
  if (ended.length > 0) await client.query(deleteDeadlines, columns(ended, ['organizationId', 'leadId']));
  if (opened.length === 0) return;
  const when = ['due', 'assigned'] as const;
  const whose = ['rotationId', 'ownerId', 'contacts'] as const;
  await client.query(upsertDeadlines, columns(deadlineRows(opened), ['organizationId', 'leadId', ...when, ...whose]));
}
