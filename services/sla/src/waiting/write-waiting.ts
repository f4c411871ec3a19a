import { columns } from '@lead-rotator/read-models';
import type { ClientBase } from 'pg';
import { loadSql } from '../load-sql.ts';
import type { WaitingChanges } from './waiting-changes.ts';

const deleteWaiting = loadSql('delete-waiting-leads');
const upsertWaiting = loadSql('upsert-waiting-leads');
const changeWaiting = loadSql('change-waiting-leads');

const ofLead = ['organizationId', 'leadId'] as const;

/** The table `waiting_leads`: three statements a page at most. */
export async function writeWaiting(client: ClientBase, { ended, began, changed }: WaitingChanges): Promise<void> {
  if (ended.length > 0) await client.query(deleteWaiting, columns(ended, ofLead));
  if (began.length > 0) await client.query(upsertWaiting, columns(began, [...ofLead, 'since', 'rotationId']));
  if (changed.length > 0) await client.query(changeWaiting, columns(changed, [...ofLead, 'position']));
}
