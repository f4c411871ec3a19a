import type { EpochMilliseconds, OrganizationId, Position } from '@lead-rotator/event-sourcing';
import type { ContactId, LeadId } from '@lead-rotator/lead-events';
import type { Pool } from 'pg';
import type { Deadline } from '../deadlines/deadline.ts';
import { loadSql } from '../load-sql.ts';

interface Row {
  readonly organization: OrganizationId;
  readonly lead_id: LeadId;
  readonly due: number;
  readonly assigned: number;
  readonly contact_ids: ContactId[];
}

const select = { name: 'select-deadline-warnings', text: loadSql('select-deadline-warnings') };

/** Reads the table of warnings in the order of their time. */
export class WarningTable {
  constructor(private readonly pool: Pool) {}

  /** The deadlines of which their owners are to be warned by now; not those set by the events at `except`. */
  async read(now: EpochMilliseconds, except: readonly Position[], most: number): Promise<Deadline[]> {
    const { rows } = await this.pool.query<Row>({ ...select, values: [now, except, most] });
    return rows.map((row) => ({
      organizationId: row.organization,
      leadId: row.lead_id,
      contactIds: row.contact_ids,
      due: row.due,
      assigned: row.assigned,
    }));
  }
}
