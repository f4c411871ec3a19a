import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import type { MigrationInterface, QueryRunner } from 'typeorm';
import { migrate } from './migrate.ts';
import { createTestDatabase, type TestDatabase } from './test-database.ts';

class CreateOne1700000000000 implements MigrationInterface {
  readonly name = 'CreateOne1700000000000';
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('create table one ()');
  }
  async down(): Promise<void> {}
}

class CreateTwo1700000000001 implements MigrationInterface {
  readonly name = 'CreateTwo1700000000001';
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('create table two ()');
  }
  async down(): Promise<void> {}
}

class Fail1700000000002 implements MigrationInterface {
  readonly name = 'Fail1700000000002';
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('create table three ()');
    await runner.query('select 1 / 0');
  }
  async down(): Promise<void> {}
}

describe('migrate', () => {
  let database: TestDatabase;
  let client: pg.Client;
  beforeAll(async () => {
    database = await createTestDatabase([]);
    client = new pg.Client({ connectionString: database.url });
    await client.connect();
  });
  afterAll(async () => {
    await client.end();
    await database.drop();
  });

  const tables = async () => {
    const { rows } = await client.query<{ name: string }>(
      "select tablename as name from pg_tables where schemaname = 'public' and tablename <> 'migrations' order by name",
    );
    return rows.map((row) => row.name);
  };

  it('runs each migration once, however many processes start at once', async () => {
    await Promise.all([1, 2, 3, 4].map(() => migrate(database.url, [CreateOne1700000000000])));
    expect(await tables()).toEqual(['one']);
  });

  it('runs what was added since', async () => {
    await migrate(database.url, [CreateOne1700000000000, CreateTwo1700000000001]);
    expect(await tables()).toEqual(['one', 'two']);
  });

  it('leaves nothing of one that fails, and goes on from there', async () => {
    await expect(migrate(database.url, [Fail1700000000002])).rejects.toThrow('division by zero');
    expect(await tables()).toEqual(['one', 'two']);
  });
});
