import type { EpochMilliseconds, OrganizationId, Position } from '@lead-rotator/event-sourcing';
import type { Notice } from '@lead-rotator/lead-events';
import type { Pool } from 'pg';
import { loadSql } from '../load-sql.ts';

/** A row of `notices`. */
export interface RaisedNotice {
  readonly position: Position;
  readonly at: EpochMilliseconds;
  readonly notice: Notice;
  readonly lead_id: string | null;
  readonly rotation_id: string | null;
  readonly user_id: string | null;
}

/** Which notices are wanted; what is not said is no condition. */
export interface NoticeFilter {
  readonly lead?: string | undefined;
  readonly rotation?: string | undefined;
  readonly kinds?: readonly Notice[] | undefined;
}

const select = { name: 'select-notices', text: loadSql('select-notices') };

/** Notices, the newest first; the table may be a little behind the log. */
export class Notices {
  constructor(private readonly pool: Pool) {}

  async page(
    organizationId: OrganizationId,
    { lead, rotation, kinds }: NoticeFilter,
    before: Position,
    limit: number,
  ): Promise<RaisedNotice[]> {
    const values = [organizationId, before, lead ?? null, rotation ?? null, kinds ?? null, limit];
    return (await this.pool.query<RaisedNotice>({ ...select, values })).rows;
  }
}
