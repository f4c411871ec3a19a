import type { MigrationInterface, QueryRunner } from 'typeorm';
import { loadSql } from '../load-sql.ts';

/** The keys of the API. A version that runs already asks for none, and goes on. */
export class CreateApiKeys1764119000000 implements MigrationInterface {
  readonly name = 'CreateApiKeys1764119000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(loadSql('create-api-keys'));
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table api_keys');
  }
}
