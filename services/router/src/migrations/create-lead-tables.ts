import type { MigrationInterface, QueryRunner } from 'typeorm';
import { loadSql } from '../load-sql.ts';

/** Queues, notices and what reports count. A version that runs already does not know these tables: nothing to mind. */
export class CreateLeadTables1764118800000 implements MigrationInterface {
  readonly name = 'CreateLeadTables1764118800000';

  async up(runner: QueryRunner): Promise<void> {
    for (const table of ['lead-facts', 'unassigned-leads', 'notices', 'assignments'] as const) {
      await runner.query(loadSql(`create-${table}`));
    }
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table lead_facts, unassigned_leads, notices, assignments');
  }
}
