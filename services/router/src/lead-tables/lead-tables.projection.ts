import type { RecordedEvent } from '@lead-rotator/event-sourcing';
import { readEvent } from '@lead-rotator/lead-events';
import type { TableProjection } from '@lead-rotator/read-models';
import type { ClientBase } from 'pg';
import { columns } from '../columns.ts';
import { loadSql } from '../load-sql.ts';
import { assignmentTypes, foldAssignments } from './assignment-changes.ts';
import { foldLeadFacts, leadFactTypes } from './lead-fact-changes.ts';
import { noticeRows, noticeTypes } from './notice-rows.ts';
import { foldUnassignedLeads, unassignedLeadTypes } from './unassigned-lead-changes.ts';

const statements = {
  insertFacts: loadSql('insert-lead-facts'),
  changeStatus: loadSql('change-lead-status'),
  upsertUnassigned: loadSql('upsert-unassigned-leads'),
  deleteUnassigned: loadSql('delete-unassigned-leads'),
  insertNotices: loadSql('insert-notices'),
  changeAssignments: loadSql('change-assignments'),
  insertAssignments: loadSql('insert-assignments'),
};

/** Runs a statement over rows, if there are any. */
type Write = <Row>(statement: string, rows: readonly Row[], names: readonly (keyof Row)[]) => Promise<void>;

const ofLead = ['organizationId', 'leadId'] as const;

/**
 * Queues, notices, and what reports count. Made together: nearly the same events make all of them, and reading these
 * costs more than writing.
 */
export const leadTablesProjection: TableProjection = {
  name: 'lead-tables',
  version: 1,
  types: [...new Set([...leadFactTypes, ...unassignedLeadTypes, ...noticeTypes, ...assignmentTypes])],

  async apply(client: ClientBase, recorded: readonly RecordedEvent[]): Promise<void> {
    const events = recorded.map(readEvent);
    const write: Write = async (statement, rows, names) => {
      if (rows.length > 0) await client.query(statement, columns(rows, names));
    };
    const { captured, statuses } = foldLeadFacts(events);
    await write(statements.insertFacts, [...captured.values()], [...ofLead, 'source', 'group', 'status']);
    await write(statements.changeStatus, [...statuses.values()], [...ofLead, 'status']);
    const { left, gone } = foldUnassignedLeads(events);
    await write(statements.deleteUnassigned, [...gone.values()], ofLead);
    const place = ['sincePosition', 'since', 'rotationId', 'waits', 'until'] as const;
    await write(statements.upsertUnassigned, [...left.values()], [...ofLead, ...place]);
    const about = ['leadId', 'rotationId', 'userId'] as const;
    await write(statements.insertNotices, noticeRows(events), ['organizationId', 'position', 'at', 'notice', ...about]);
    const { given, changed } = foldAssignments(events);
    const became = ['claimedAt', 'missedAt', 'outcome'] as const;
    await write(statements.changeAssignments, [...changed.values()], [...ofLead, ...became]);
    const assigned = ['position', 'at', 'userId', 'rotationId', 'byTurn'] as const;
    await write(statements.insertAssignments, given, [...ofLead, ...assigned, ...became]);
  },

  async clear(client: ClientBase): Promise<void> {
    await client.query('truncate lead_facts, unassigned_leads, notices, assignments');
  },
};
