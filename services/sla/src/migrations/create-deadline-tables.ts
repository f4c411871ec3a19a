import type { MigrationInterface, QueryRunner } from 'typeorm';
import { loadSql } from '../load-sql.ts';

/** The tables of open deadlines and of waiting leads. A version that runs already does not know them: nothing to mind. */
export class CreateDeadlineTables1763857200000 implements MigrationInterface {
  readonly name = 'CreateDeadlineTables1763857200000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(loadSql('create-open-deadlines'));
    await runner.query(loadSql('create-waiting-leads'));
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table open_deadlines, waiting_leads');
  }
}
