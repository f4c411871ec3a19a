import type { ClientBase } from 'pg';
import { loadSql } from '../load-sql.ts';
import type { WaitingChanges } from './waiting-changes.ts';

const deleteWaiting = loadSql('delete-waiting-leads');
const upsertWaiting = loadSql('upsert-waiting-leads');
const changeWaiting = loadSql('change-waiting-leads');

/** The table `waiting_leads`: three statements a page at most. */
export async function writeWaiting(client: ClientBase, { ended, began, changed }: WaitingChanges): Promise<void> {
  if (ended.length > 0) {
    const values = [ended.map(({ organizationId }) => organizationId), ended.map(({ leadId }) => leadId)];
    await client.query(deleteWaiting, values);
  }
  if (began.length > 0) {
    await client.query(upsertWaiting, [
      began.map(({ organizationId }) => organizationId),
      began.map(({ leadId }) => leadId),
      began.map(({ since }) => since),
      began.map(({ rotationId }) => rotationId),
    ]);
  }
  if (changed.length > 0) {
    await client.query(changeWaiting, [
      changed.map(({ organizationId }) => organizationId),
      changed.map(({ leadId }) => leadId),
      changed.map(({ position }) => position),
    ]);
  }
}
