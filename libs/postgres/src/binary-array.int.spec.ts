import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Pool } from 'pg';
import { type ColumnValue, columnArray } from './binary-array.ts';
import { createPool } from './connection.ts';
import { createTestDatabase, type TestDatabase } from './test-database.ts';

let database: TestDatabase;
let pool: Pool;
beforeAll(async () => {
  database = await createTestDatabase([]);
  pool = createPool({ url: database.url, applicationName: 'spec' });
});
afterAll(async () => {
  await pool.end();
  await database.drop();
});

const texts = ['', 'a', 'ü 日本 🎉', '{"quoted", NULL}', 'x'.repeat(70_000)];
const numbers = [0, 1, -1, 2 ** 31, 2 ** 32 + 5, -(2 ** 40), Number.MAX_SAFE_INTEGER, Number.MIN_SAFE_INTEGER];

describe('a column as a parameter', () => {
  it.each<[type: string, values: ColumnValue[]]>([
    ['text', texts],
    ['text', [null, ...texts, undefined, 'NULL', null]],
    ['bigint', numbers],
    ['bigint', [null, 7, undefined]],
    ['boolean', [true, false, null, true]],
    ['text', [null, undefined]],
    ['bigint', [null]],
    ['boolean', [undefined]],
    ['text', []],
    ['bigint', []],
  ])('reaches the server as it is: %s %j', async (type, values) => {
    const { rows } = await pool.query(
      `select array(select u from unnest($1::${type}[]) with ordinality as t (u, n) order by n) as read`,
      [columnArray(values)],
    );
    expect(rows[0].read.map((value: unknown) => (type === 'bigint' && value !== null ? Number(value) : value))).toEqual(
      values.map((value) => value ?? null),
    );
  });
});
