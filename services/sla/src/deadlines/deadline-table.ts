import type { EpochMilliseconds, OrganizationId, Position } from '@lead-rotator/event-sourcing';
import type { ContactId, LeadId } from '@lead-rotator/lead-events';
import type { Pool } from 'pg';
import { loadSql } from '../load-sql.ts';
import type { Deadline } from './deadline.ts';

/** A place in the order in which deadlines fire. */
export interface DeadlinePlace {
  readonly due: EpochMilliseconds;
  readonly assigned: Position;
}

export const beforeAll: DeadlinePlace = { due: Number.MIN_SAFE_INTEGER, assigned: 0 };

interface Row {
  readonly organization: OrganizationId;
  readonly lead_id: LeadId;
  readonly due: number;
  readonly assigned: number;
  readonly contact_ids: ContactId[];
}

const text = loadSql('select-deadlines');

/** Reads the table of open deadlines in the order of its index. */
export class DeadlineTable {
  constructor(private readonly pool: Pool) {}

  /** At most `most`, behind a place and due until an instant, included. */
  async read(after: DeadlinePlace, until: EpochMilliseconds, most: number): Promise<Deadline[]> {
    const values = [after.due, after.assigned, until, most];
    const { rows } = await this.pool.query<Row>({ name: 'select-deadlines', text, values });
    return rows.map((row) => ({
      organizationId: row.organization,
      leadId: row.lead_id,
      contactIds: row.contact_ids,
      due: row.due,
      assigned: row.assigned,
    }));
  }
}
