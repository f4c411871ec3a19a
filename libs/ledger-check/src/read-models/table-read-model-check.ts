import type { TableProjection } from '@lead-rotator/read-models';
import pg from 'pg';
import { loadSql } from '../load-sql.ts';
import type { DifferentRow, OpenReadModel, ReadModelCheck } from './read-model-check.ts';

const mostDifferences = 1_000;

/**
 * Checks tables that a projection writes: replays the log by the same projection into temporary tables of the same
 * names, in a transaction that sees one moment of the real ones, and lets the database compare. Finds what was changed
 * by hand, applied twice, or written by an older version of the projection; not a fault of the projection itself.
 */
export function tableReadModelCheck(
  pool: pg.Pool,
  projection: TableProjection,
  tables: readonly string[],
): ReadModelCheck {
  return { name: projection.name, open: () => openTables(pool, projection, tables) };
}

async function openTables(
  pool: pg.Pool,
  projection: TableProjection,
  tables: readonly string[],
): Promise<OpenReadModel> {
  const client = await pool.connect();
  const close = async () => {
    await client.query('rollback').catch(() => {});
    client.release();
  };
  try {
    await client.query('begin isolation level repeatable read');
    const { rows } = await client.query<{ position: string }>(
      'select position from projection_cursors where name = $1 and version = $2',
      [projection.name, projection.version],
    );
    for (const table of tables)
      await client.query(loadSql('create-replayed-table', { table: pg.escapeIdentifier(table) }));
    return {
      position: Number(rows[0]?.position ?? 0),
      async replay(events) {
        const wanted = events.filter(({ type }) => projection.types.includes(type));
        if (wanted.length > 0) await projection.apply(client, wanted);
      },
      compare: async () => compareTables(client, tables),
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

async function compareTables(client: pg.ClientBase, tables: readonly string[]) {
  let rows = 0;
  const different: DifferentRow[] = [];
  for (const name of tables) {
    const table = pg.escapeIdentifier(name);
    const key = await client.query<{ name: string }>(loadSql('select-key-columns'), [`public.${table}`]);
    const columns = key.rows.map((column) => pg.escapeIdentifier(column.name)).join(', ');
    const found = await client.query<DifferentRow>(loadSql('select-different-rows', { table, key: columns }), [
      mostDifferences,
    ]);
    different.push(...found.rows);
    const count = await client.query<{ rows: number }>(loadSql('count-rows', { table }));
    rows += count.rows[0]?.rows ?? 0;
  }
  return { rows, different };
}
