import { columns } from '@lead-rotator/read-models';
import type { ClientBase } from 'pg';
import { deadlineRows } from '../deadlines/write-deadlines.ts';
import { loadSql } from '../load-sql.ts';
import type { WarningChanges } from './warning-changes.ts';

const upsertPolicy = loadSql('upsert-claim-warnings');
const selectWarning = loadSql('select-warning-rotations');
const deleteWarnings = loadSql('delete-deadline-warnings');
const upsertWarnings = loadSql('upsert-deadline-warnings');

interface RotationRow {
  readonly organization: string;
  readonly rotation_id: string;
}

const keyOf = (organization: string, rotation: string): string => `${organization} ${rotation}`;

/** The tables of warnings: three statements a page at most, and three more for each policy that changed in it. */
export async function writeWarnings(client: ClientBase, changes: readonly WarningChanges[]): Promise<void> {
  const { rows } = await client.query<RotationRow>(selectWarning);
  const warning = new Set(rows.map(({ organization, rotation_id }) => keyOf(organization, rotation_id)));
  for (const { policy, deadlines } of changes) {
    if (policy !== undefined) {
      const { organizationId, rotationId, warnBefore } = policy;
      await client.query(upsertPolicy, [organizationId, rotationId, warnBefore]);
      if (warnBefore > 0) warning.add(keyOf(organizationId, rotationId));
      else warning.delete(keyOf(organizationId, rotationId));
    }
    const { opened } = deadlines;
    // A lead that has a new deadline is deleted too: its new rotation may not warn.
    const ended = [...deadlines.ended, ...opened];
    if (ended.length === 0) continue;
    await client.query(deleteWarnings, columns(ended, ['organizationId', 'leadId']));
    const warned = opened.filter(
      ({ ownerId, organizationId, rotationId }) =>
        ownerId !== undefined && warning.has(keyOf(organizationId, rotationId)),
    );
    if (warned.length === 0) continue;
    const when = ['since', 'due', 'assigned'] as const;
    await client.query(
      upsertWarnings,
      columns(deadlineRows(warned), ['organizationId', 'leadId', ...when, 'rotationId', 'contacts']),
    );
  }
}
