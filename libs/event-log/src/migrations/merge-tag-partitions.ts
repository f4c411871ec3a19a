import type { MigrationInterface, QueryRunner } from 'typeorm';
import { loadSql } from '../load-sql.ts';

/** Few partitions however long the log: large ones of events, and merged ones of tags. The version before runs on unchanged. */
export class MergeTagPartitions1763856200000 implements MigrationInterface {
  readonly name = 'MergeTagPartitions1763856200000';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of ['replace-add-partitions', 'create-merge-tag-partitions', 'grant-merge-to-services']) {
      await runner.query(loadSql(statement));
    }
  }

  /** What was merged is not taken apart again. */
  async down(): Promise<void> {
    throw new Error('migrations go forward only');
  }
}
