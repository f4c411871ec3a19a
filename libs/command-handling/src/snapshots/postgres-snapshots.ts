import { promisify } from 'node:util';
import { deserialize, serialize } from 'node:v8';
import { zstdCompress, zstdDecompress } from 'node:zlib';
import type { LogId } from '@lead-rotator/event-log';
import type { Position } from '@lead-rotator/event-sourcing';
import type { Pool } from 'pg';
import { loadSql } from '../load-sql.ts';
import { codeVersion } from './code-version.ts';
import type { Snapshot, Snapshots } from './snapshots.ts';

const compress = promisify(zstdCompress);
const decompress = promisify(zstdDecompress);

const statements = {
  read: loadSql('read-snapshot'),
  save: loadSql('save-snapshot'),
  deleteOld: loadSql('delete-old-snapshots'),
};

/** Snapshots in the log's database; their table is made by `commandHandlingMigrations`. */
export class PostgresSnapshots implements Snapshots {
  readonly #pool: Pool;
  readonly #name: string;
  readonly #codeVersion: () => Promise<string>;

  /** `name`: of the projection. */
  constructor(pool: Pool, name: string, version: () => Promise<string> = codeVersion) {
    this.#pool = pool;
    this.#name = name;
    this.#codeVersion = version;
  }

  async load(logId: LogId): Promise<Snapshot | undefined> {
    const values = [this.#name, await this.#codeVersion(), logId];
    const { rows } = await this.#pool.query<{ position: Position; state: Buffer }>(statements.read, values);
    const [row] = rows;
    if (row === undefined) return undefined;
    const content = deserialize(await decompress(row.state)) as Omit<Snapshot, 'position'>;
    return { ...content, position: row.position };
  }

  async save(logId: LogId, { position, ...content }: Snapshot): Promise<void> {
    const state = await compress(serialize(content));
    const version = await this.#codeVersion();
    await this.#pool.query(statements.save, [this.#name, version, logId, position, state]);
    await this.#pool.query(statements.deleteOld, [this.#name, version]);
  }
}
