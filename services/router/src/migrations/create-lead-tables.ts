import type { MigrationInterface, QueryRunner } from 'typeorm';
import { loadSql } from '../load-sql.ts';

/**
 * Queues, notices and what reports count. A version that runs already goes on with the columns that it knows; the new one
 * makes all of these tables again from the beginning of the log, over what is there.
 */
export class CreateLeadTables1764118800000 implements MigrationInterface {
  readonly name = 'CreateLeadTables1764118800000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(loadSql('extend-owned-leads'));
    await runner.query(loadSql('create-former-assignments'));
    await runner.query(loadSql('create-unassigned-leads'));
    await runner.query(loadSql('create-notices'));
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table former_assignments, unassigned_leads, notices');
    await runner.query(
      'alter table owned_leads drop column given_by, drop column source, drop column claimed_at, drop column missed_at',
    );
  }
}
