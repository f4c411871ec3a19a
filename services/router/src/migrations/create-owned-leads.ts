import type { MigrationInterface, QueryRunner } from 'typeorm';
import { loadSql } from '../load-sql.ts';

/** The leads of each user. A version that runs already does not know the table: nothing to mind. */
export class CreateOwnedLeads1763857210000 implements MigrationInterface {
  readonly name = 'CreateOwnedLeads1763857210000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(loadSql('create-owned-leads'));
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table owned_leads');
  }
}
