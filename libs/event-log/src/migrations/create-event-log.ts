import type { MigrationInterface, QueryRunner } from 'typeorm';
import { loadSql } from '../load-sql.ts';

/** The log: tables, the append function, the service's role and its rights, and the first partitions. */
export class CreateEventLog1763856000000 implements MigrationInterface {
  readonly name = 'CreateEventLog1763856000000';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of statements) await runner.query(loadSql(statement));
    await runner.query('select add_partitions(0, 2)');
  }

  /** Nothing that was logged is ever taken back. */
  async down(): Promise<void> {
    throw new Error('migrations go forward only');
  }
}

const statements = [
  'create-service-role',
  'create-tables',
  'create-refuse-change',
  'create-protect-table',
  'protect-tables',
  'create-add-partitions',
  'create-renew-log-identity',
  'create-merkle-root',
  'create-append-units',
  'grant-log-to-services',
];
