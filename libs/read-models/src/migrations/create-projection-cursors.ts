import { readFileSync } from 'node:fs';
import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The cursors of the table projections. A version that runs already does not know the table: nothing to mind. */
export class CreateProjectionCursors1763857000000 implements MigrationInterface {
  readonly name = 'CreateProjectionCursors1763857000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(readFileSync(new URL('../../sql/create-projection-cursors.sql', import.meta.url), 'utf8'));
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table projection_cursors');
  }
}
