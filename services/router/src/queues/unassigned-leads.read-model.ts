import type { EpochMilliseconds, OrganizationId, Position } from '@lead-rotator/event-sourcing';
import type { LeadId, Notice, RotationId } from '@lead-rotator/lead-events';
import type { Pool } from 'pg';
import { loadSql } from '../load-sql.ts';

/** A lead that nobody has, as the table says. */
export interface UnassignedLead {
  readonly leadId: LeadId;
  readonly sincePosition: Position;
  readonly since: EpochMilliseconds;
  readonly rotationId: RotationId | undefined;
  /** Undefined: it lies in no queue. */
  readonly waits: 'for-pick-up' | 'for-somebody' | 'offered' | undefined;
  readonly until: EpochMilliseconds | undefined;
}

interface Row {
  readonly lead_id: LeadId;
  readonly since_position: Position;
  readonly since: EpochMilliseconds;
  readonly rotation_id: RotationId | null;
  readonly waits: UnassignedLead['waits'] | null;
  readonly until: EpochMilliseconds | null;
}

const select = { name: 'select-unassigned-leads', text: loadSql('select-unassigned-leads') };
const count = { name: 'count-queue', text: loadSql('count-queue') };
const noticesOf = { name: 'select-notices-of-leads', text: loadSql('select-notices-of-leads') };

/** The leads that nobody has, the longest waiting first; the tables may be a little behind the log. */
export class UnassignedLeads {
  constructor(private readonly pool: Pool) {}

  /** All, or those in the queue of one rotation, behind a position. */
  async page(
    organizationId: OrganizationId,
    rotationId: RotationId | undefined,
    after: Position,
    limit: number,
  ): Promise<UnassignedLead[]> {
    const values = [organizationId, rotationId ?? null, after, limit];
    const { rows } = await this.pool.query<Row>({ ...select, values });
    return rows.map((row) => ({
      leadId: row.lead_id,
      sincePosition: row.since_position,
      since: row.since,
      rotationId: row.rotation_id ?? undefined,
      waits: row.waits ?? undefined,
      until: row.until ?? undefined,
    }));
  }

  /** How many lie in the queue of a rotation. */
  async waiting(organizationId: OrganizationId, rotationId: RotationId): Promise<number> {
    const { rows } = await this.pool.query<{ waiting: number }>({ ...count, values: [organizationId, rotationId] });
    return rows[0]?.waiting ?? 0;
  }

  /** The kinds of notices that were raised about each of these leads. */
  async noticesOf(organizationId: OrganizationId, leadIds: readonly LeadId[]): Promise<Map<LeadId, Notice[]>> {
    const { rows } = await this.pool.query<{ lead_id: LeadId; notice: Notice }>({
      ...noticesOf,
      values: [organizationId, leadIds],
    });
    const notices = new Map<LeadId, Notice[]>();
    for (const { lead_id: leadId, notice } of rows) notices.set(leadId, [...(notices.get(leadId) ?? []), notice]);
    return notices;
  }
}
