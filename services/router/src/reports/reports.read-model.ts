import type { Projection } from '@lead-rotator/command-handling';
import type { OrganizationId } from '@lead-rotator/event-sourcing';
import type { Pool } from 'pg';
import { loadSql } from '../load-sql.ts';
import { type CountedTurns, distributionReport, type Received } from './distribution-report.ts';
import type { ReportRow } from './report.response.ts';
import type { ReportRequest } from './report-request.ts';
import type { ShareHistory } from './share-history.ts';

const select = { name: 'select-distribution-report', text: loadSql('select-distribution-report') };
const countTurns = { name: 'count-turns', text: loadSql('count-turns') };

/** Counts what was distributed; the table may be a little behind the log. */
export class Reports {
  constructor(
    private readonly pool: Pool,
    private readonly shares: Projection<ShareHistory>,
  ) {}

  /** `timeZone`: in which months begin. @throws LogUnavailable, or the fault that the shares stand still at. */
  async distribution(
    organizationId: OrganizationId,
    timeZone: string,
    { from, to, by }: ReportRequest,
  ): Promise<ReportRow[]> {
    await this.shares.catchUp();
    const history = this.shares.stateOf(organizationId);
    const [member, rotation, source, month] = [
      by.includes('member'),
      by.includes('rotation'),
      by.includes('source'),
      by.includes('month'),
    ];
    const range = [organizationId, from, to, timeZone];
    const received = await this.pool.query<Received>({
      ...select,
      values: [...range, member, rotation, source, month],
    });
    const starts = member ? [...history.rotations].flatMap(([id, shares]) => shares.starts.map((at) => [id, at])) : [];
    const ids = starts.map(([id]) => id);
    const positions = starts.map(([, at]) => at);
    const values = [...range, source, month, ids, positions];
    const counted = await this.pool.query<CountedTurns>({ ...countTurns, values });
    return distributionReport(by, received.rows, counted.rows, history);
  }
}
