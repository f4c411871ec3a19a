import type { EventLog } from '@lead-rotator/event-log';
import type { RecordedEvent } from '@lead-rotator/event-sourcing';
import { readEvent } from '@lead-rotator/lead-events';
import { columns, type TableProjection } from '@lead-rotator/read-models';
import type { ClientBase } from 'pg';
import { loadSql } from '../load-sql.ts';
import { foldOwnedLeads, ownedLeadTypes } from '../owned-leads/owned-lead-changes.ts';
import { LeadSources } from './lead-sources.ts';
import { noticeRows, noticeTypes } from './notice-rows.ts';
import { foldUnassignedLeads, unassignedLeadTypes } from './unassigned-lead-changes.ts';

const statements = {
  forgetInactive: loadSql('forget-inactive-owners'),
  changeOwned: loadSql('change-owned-leads'),
  moveFormer: loadSql('move-former-assignments'),
  deleteOwned: loadSql('delete-owned-leads'),
  upsertOwned: loadSql('upsert-owned-leads'),
  insertFormer: loadSql('insert-former-assignments'),
  deleteUnassigned: loadSql('delete-unassigned-leads'),
  upsertUnassigned: loadSql('upsert-unassigned-leads'),
  insertNotices: loadSql('insert-notices'),
};

const ofLead = ['organizationId', 'leadId'] as const;
const turn = ['sincePosition', 'since', 'ownerId', 'rotationId', 'givenBy', 'source'] as const;
const became = ['claimedAt', 'missedAt', 'outcome'] as const;

/**
 * Who has which lead and who had it, which leads nobody has, and the notices. Made together: nearly the same events make
 * all of them, and a lead that is captured and assigned is one row, whatever is counted of it.
 */
export class LeadTablesProjection implements TableProjection {
  readonly name = 'lead-tables';
  readonly version = 2;
  readonly types = [...new Set(['LeadCaptured', ...ownedLeadTypes, ...unassignedLeadTypes, ...noticeTypes])];
  readonly #sources: LeadSources;

  constructor(log: Pick<EventLog, 'readByTags'>) {
    this.#sources = new LeadSources(log);
  }

  async apply(client: ClientBase, recorded: readonly RecordedEvent[]): Promise<void> {
    const events = recorded.map(readEvent);
    const write = async <Row>(statement: string, rows: readonly Row[], names: readonly (keyof Row)[]) => {
      if (rows.length > 0) await client.query(statement, columns(rows, names));
    };
    const { activated, given, changed, gone, leaving, former } = foldOwnedLeads(recorded);
    const unassigned = foldUnassignedLeads(events);
    const [owned, left] = [[...given.values()], [...unassigned.left.values()]];
    this.#sources.note(events);
    await this.#sources.fill(client, [...owned, ...former, ...left]);
    await write(statements.forgetInactive, [...activated.values()], ['organizationId', 'userId']);
    const changes = ['claimedAt', 'missedAt', 'endsDeadline', 'outcome', 'foundInactive'] as const;
    await write(statements.changeOwned, [...changed.values()], [...ofLead, ...changes]);
    await write(statements.moveFormer, [...leaving.values()], [...ofLead, 'position']);
    await write(statements.insertFormer, former, [...ofLead, ...turn, ...became]);
    await write(statements.deleteOwned, [...gone.values()], ofLead);
    const owner = ['ownerId', 'sincePosition', 'since'] as const;
    const state = ['rotationId', 'due', 'claimed', 'outcome', 'ownerFoundInactive'] as const;
    const counted = ['givenBy', 'source', 'claimedAt', 'missedAt'] as const;
    await write(statements.upsertOwned, owned, [...ofLead, ...owner, ...state, ...counted]);
    await write(statements.deleteUnassigned, [...unassigned.gone.values()], ofLead);
    const place = ['sincePosition', 'since', 'rotationId', 'waits', 'until', 'source'] as const;
    await write(statements.upsertUnassigned, left, [...ofLead, ...place]);
    const about = ['leadId', 'rotationId', 'userId'] as const;
    await write(statements.insertNotices, noticeRows(events), ['organizationId', 'position', 'at', 'notice', ...about]);
  }

  async clear(client: ClientBase): Promise<void> {
    await client.query('truncate owned_leads, former_assignments, unassigned_leads, notices');
  }
}
