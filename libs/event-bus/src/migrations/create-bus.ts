import type { MigrationInterface, QueryRunner } from 'typeorm';
import { loadSql } from '../load-sql.ts';

/** Leases, the relay's cursor, and the local bus. Nothing that runs already looks at them. */
export class CreateBus1763857000000 implements MigrationInterface {
  readonly name = 'CreateBus1763857000000';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of statements) await runner.query(loadSql(statement));
  }

  /** Where groups and the relay stand cannot be made up again. */
  async down(): Promise<void> {
    throw new Error('migrations go forward only');
  }
}

const statements = [
  'create-leases',
  'create-relay-cursors',
  'create-bus-messages',
  'create-publish-messages',
  'grant-bus-to-services',
];
