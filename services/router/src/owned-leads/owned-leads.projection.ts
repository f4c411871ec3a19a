import type { RecordedEvent } from '@lead-rotator/event-sourcing';
import type { TableProjection } from '@lead-rotator/read-models';
import type { ClientBase } from 'pg';
import { columns } from '../columns.ts';
import { loadSql } from '../load-sql.ts';
import { foldOwnedLeads, ownedLeadTypes } from './owned-lead-changes.ts';

const upsert = loadSql('upsert-owned-leads');
const change = loadSql('change-owned-leads');
const remove = loadSql('delete-owned-leads');

/** The leads of each user; three statements a page at most, whatever is in it. */
export const ownedLeadsProjection: TableProjection = {
  name: 'owned-leads',
  version: 1,
  types: ownedLeadTypes,

  async apply(client: ClientBase, events: readonly RecordedEvent[]): Promise<void> {
    const { given, changed, gone } = foldOwnedLeads(events);
    if (gone.size > 0) await client.query(remove, columns([...gone.values()], ['organizationId', 'leadId']));
    if (changed.size > 0) {
      const names = ['organizationId', 'leadId', 'claimed', 'endsDeadline', 'outcome', 'ownerFoundInactive'] as const;
      await client.query(change, columns([...changed.values()], names));
    }
    if (given.size > 0) {
      const owner = ['organizationId', 'leadId', 'ownerId', 'sincePosition', 'since'] as const;
      const state = ['rotationId', 'due', 'claimed', 'outcome', 'ownerFoundInactive'] as const;
      await client.query(upsert, columns([...given.values()], [...owner, ...state]));
    }
  },

  async clear(client: ClientBase): Promise<void> {
    await client.query('truncate owned_leads');
  },
};
