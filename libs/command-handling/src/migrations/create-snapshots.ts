import type { MigrationInterface, QueryRunner } from 'typeorm';
import { loadSql } from '../load-sql.ts';

/** Where snapshots lie. A version that runs already does not know the table: nothing to mind. */
export class CreateSnapshots1764140000000 implements MigrationInterface {
  readonly name = 'CreateSnapshots1764140000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(loadSql('create-snapshots'));
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table projection_snapshots');
  }
}
