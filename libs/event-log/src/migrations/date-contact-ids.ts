import type { MigrationInterface, QueryRunner } from 'typeorm';
import { loadSql } from '../load-sql.ts';

/** Ids of new contacts say where the log stood. Those that are there stay as they are; the version before runs on unchanged. */
export class DateContactIds1763856300000 implements MigrationInterface {
  readonly name = 'DateContactIds1763856300000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(loadSql('replace-resolve-contacts'));
  }

  /** Ids that stand in the log stay what they are. */
  async down(): Promise<void> {
    throw new Error('migrations go forward only');
  }
}
