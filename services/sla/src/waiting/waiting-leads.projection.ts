import type { RecordedEvent } from '@lead-rotator/event-sourcing';
import type { TableProjection } from '@lead-rotator/read-models';
import type { ClientBase } from 'pg';
import { loadSql } from '../load-sql.ts';
import { waitingChanges, waitingEventTypes } from './waiting-changes.ts';

const deleteWaiting = loadSql('delete-waiting-leads');
const upsertWaiting = loadSql('upsert-waiting-leads');

/** The table `waiting_leads`: two statements a page. */
export class WaitingLeadsProjection implements TableProjection {
  readonly name = 'waiting_leads';
  readonly version = 1;
  readonly types = waitingEventTypes;

  async apply(client: ClientBase, events: readonly RecordedEvent[]): Promise<void> {
    const { began, ended } = waitingChanges(events);
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
  }

  async clear(client: ClientBase): Promise<void> {
    await client.query('truncate waiting_leads');
  }
}
