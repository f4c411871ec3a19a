import type { ClientBase } from 'pg';
import { loadSql } from '../load-sql.ts';
import type { WarningChanges } from './warning-changes.ts';

const upsertPolicy = loadSql('upsert-claim-warnings');
const deleteWarnings = loadSql('delete-deadline-warnings');
const upsertWarnings = loadSql('upsert-deadline-warnings');

/** The tables of warnings: two statements a page at most, and three for each policy that changed in it. */
export async function writeWarnings(client: ClientBase, changes: readonly WarningChanges[]): Promise<void> {
  for (const { policy, deadlines } of changes) {
    if (policy !== undefined) {
      await client.query(upsertPolicy, [policy.organizationId, policy.rotationId, policy.warnBefore]);
    }
    const { opened } = deadlines;
    const owned = opened.filter(({ ownerId }) => ownerId !== undefined);
    // A lead that has a new deadline is deleted too: its new rotation may not warn.
    const ended = [...deadlines.ended, ...opened];
    if (ended.length > 0) {
      const values = [ended.map(({ organizationId }) => organizationId), ended.map(({ leadId }) => leadId)];
      await client.query(deleteWarnings, values);
    }
    if (owned.length > 0) {
      await client.query(upsertWarnings, [
        owned.map(({ organizationId }) => organizationId),
        owned.map(({ leadId }) => leadId),
        owned.map(({ since }) => since),
        owned.map(({ due }) => due),
        owned.map(({ assigned }) => assigned),
        owned.map(({ rotationId }) => rotationId),
        owned.map(({ contactIds }) => contactIds.join()),
      ]);
    }
  }
}
