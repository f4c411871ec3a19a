import type { OrganizationId, Position } from '@lead-rotator/event-sourcing';
import type { LeadId, RotationId } from '@lead-rotator/lead-events';
import type { Pool } from 'pg';
import { loadSql } from '../load-sql.ts';

/** A rotation in which leads wait. */
export interface WaitingRotation {
  readonly organizationId: OrganizationId;
  readonly rotationId: RotationId;
  /** The `since` of the lead that began to wait last. */
  readonly newest: Position;
  /** The newest event by which one of them came to suit other members; 0: there is none. */
  readonly changed: Position;
}

const rotations = { name: 'select-waiting-rotations', text: loadSql('select-waiting-rotations') };
const leads = { name: 'select-waiting-leads', text: loadSql('select-waiting-leads') };

interface RotationRow {
  readonly organization: OrganizationId;
  readonly rotation_id: RotationId;
  readonly newest: Position;
  readonly changed: Position;
}

/** Reads the table of waiting leads. */
export class WaitingTable {
  constructor(private readonly pool: Pool) {}

  async rotations(): Promise<WaitingRotation[]> {
    const { rows } = await this.pool.query<RotationRow>(rotations);
    return rows.map((row) => ({
      organizationId: row.organization,
      rotationId: row.rotation_id,
      newest: row.newest,
      changed: row.changed,
    }));
  }

  /** In the order in which they began to wait. */
  async leads(
    organizationId: OrganizationId,
    rotationIds: readonly RotationId[],
    after: Position,
    most: number,
  ): Promise<{ leadId: LeadId; since: Position }[]> {
    const values = [organizationId, after, rotationIds, most];
    const { rows } = await this.pool.query<{ lead_id: LeadId; since: Position }>({ ...leads, values });
    return rows.map((row) => ({ leadId: row.lead_id, since: row.since }));
  }
}
