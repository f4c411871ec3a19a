import { describe, expect, it } from '@jest/globals';
import { createPool } from './connection.ts';
import { createTestDatabase } from './test-database.ts';

describe('a connection of a pool', () => {
  it('lets go of its locks when its process stands still in a transaction, and does not end it', async () => {
    const database = await createTestDatabase([]);
    const settings = { idle_in_transaction_session_timeout: '200' };
    const pool = createPool({ url: database.url, applicationName: 'spec', settings });
    try {
      await pool.query('create table cursors as select 1 as position');
      const stopped = await pool.connect();
      // At once: between two statements a slow machine would already be cut off.
      await stopped.query('begin; select position from cursors for update');
      const { rowCount } = await pool.query('update cursors set position = 2');
      expect(rowCount).toBe(1);
      await expect(stopped.query('commit')).rejects.toThrow();
      stopped.release(true);
    } finally {
      await pool.end();
      await database.drop();
    }
  });
});
