import type { MigrationInterface, QueryRunner } from 'typeorm';
import { loadSql } from '../load-sql.ts';

/**
 * The tables of warnings. A version that runs already does not know them and goes on; the new one makes its tables again
 * from the beginning of the log, over what is there, and warns when it has caught up.
 */
export class CreateDeadlineWarnings1764118900000 implements MigrationInterface {
  readonly name = 'CreateDeadlineWarnings1764118900000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(loadSql('create-deadline-warnings'));
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table claim_warnings, deadline_warnings');
  }
}
