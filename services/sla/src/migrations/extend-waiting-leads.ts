import type { MigrationInterface, QueryRunner } from 'typeorm';
import { loadSql } from '../load-sql.ts';

/** What is different about waiting leads. A version that runs already does not know the column, and goes on. */
export class ExtendWaitingLeads1764131000000 implements MigrationInterface {
  readonly name = 'ExtendWaitingLeads1764131000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(loadSql('extend-waiting-leads'));
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('alter table waiting_leads drop column changed');
  }
}
