import type { MigrationInterface, QueryRunner } from 'typeorm';
import { loadSql } from '../load-sql.ts';

/** Drafts of rules. A version that runs already does not know the table: nothing to mind. */
export class CreateRuleDrafts1764122400000 implements MigrationInterface {
  readonly name = 'CreateRuleDrafts1764122400000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(loadSql('create-rule-drafts'));
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table rule_drafts');
  }
}
