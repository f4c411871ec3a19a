import type { MigrationInterface, QueryRunner } from 'typeorm';
import { loadSql } from '../load-sql.ts';

/** What is asked of the waiting leads of each rotation is found in an index. */
export class IndexWaitingLeads1764226800000 implements MigrationInterface {
  readonly name = 'IndexWaitingLeads1764226800000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(loadSql('index-waiting-leads'));
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop index waiting_leads_by_rotation, waiting_leads_by_change');
  }
}
