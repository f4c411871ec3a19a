import type { MigrationInterface, QueryRunner } from 'typeorm';
import { loadSql } from '../load-sql.ts';

/** What must be erasable, beside the log: identifiers and keys of contacts. The version before runs on unchanged. */
export class CreateContacts1763856100000 implements MigrationInterface {
  readonly name = 'CreateContacts1763856100000';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of ['create-contact-tables', 'create-resolve-contacts', 'grant-contacts-to-services']) {
      await runner.query(loadSql(statement));
    }
  }

  /** Keys that were dropped would erase everybody. */
  async down(): Promise<void> {
    throw new Error('migrations go forward only');
  }
}
