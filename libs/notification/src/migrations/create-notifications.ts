import type { MigrationInterface, QueryRunner } from 'typeorm';
import { loadSql } from '../load-sql.ts';

/** The outbox. A version that runs already does not know it: nothing to mind. */
export class CreateNotifications1764176400000 implements MigrationInterface {
  readonly name = 'CreateNotifications1764176400000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(loadSql('create-notifications'));
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table notifications');
  }
}
