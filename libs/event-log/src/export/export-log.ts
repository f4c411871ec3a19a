import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Position } from '@lead-rotator/event-sourcing';
import type pg from 'pg';
import { inStrides } from '../in-strides.ts';
import { loadSql } from '../load-sql.ts';
import type { ChainedBatch } from '../verify/batch-faults.ts';
import { hashedEvents } from '../verify/hashed-events.ts';
import type { HashedEvent, HashedUnit } from '../verify/merkle.ts';
import { RowStream } from '../verify/row-stream.ts';
import { withLogSnapshot } from '../with-log-snapshot.ts';
import {
  batchLine,
  type ExportManifest,
  eventLine,
  exportFiles,
  exportFormat,
  tableHead,
  tableLine,
} from './export-format.ts';
import { HashedFile } from './hashed-file.ts';

export interface ExportOptions {
  /** It is made; files of an export must not be in it yet. */
  readonly directory: string;
  /** Only what stands behind this position, and back to the beginning of its batch. Default 0. */
  readonly after?: Position;
  /** Only up to here, and on to the end of its batch. Default: the head of the log. */
  readonly until?: Position;
  readonly exportedAt: Date;
  /** Called after each batch: how far it is, of how many positions. */
  readonly onProgress?: (done: number, of: number) => void;
}

/** There is nothing in the range that was asked for. */
export class NothingToExport extends Error {
  override readonly name = 'NothingToExport';
}

interface Range {
  readonly from: Position | null;
  readonly to: Position | null;
}

const noHash = Buffer.alloc(0);

/**
 * Writes a part of the log, in whole batches, so that everything in it can be verified without the database
 * (`verifyExport`). Personal data stays sealed, and no key is written: who is forgotten later is forgotten there too.
 * Reads one snapshot while appending goes on.
 * @throws NothingToExport; what the file system says, for one that is there already.
 */
export async function exportLog(pool: pg.Pool, options: ExportOptions): Promise<ExportManifest> {
  return withLogSnapshot(pool, (client) => write(client, options));
}

async function write(client: pg.ClientBase, options: ExportOptions): Promise<ExportManifest> {
  const { directory, after = 0, until = Number.MAX_SAFE_INTEGER, onProgress } = options;
  const [ids] = (await client.query<{ first: string; newest: string }>(loadSql('read-log-ids'))).rows;
  const [range] = (await client.query<Range>(loadSql('read-batch-range'), [after, until])).rows;
  const { from, to } = range ?? { from: null, to: null };
  if (ids === undefined || from === null || to === null || to <= after || until <= after) {
    const end = options.until === undefined ? '' : ` and up to ${until}`;
    throw new NothingToExport(`no event stands behind ${after}${end}`);
  }
  const rows = <Row extends pg.QueryResultRow>(name: string, query: string, column: string) =>
    new RowStream<Row>(client, name, inStrides(loadSql(query), column, from, to));
  const batches = rows<ChainedBatch & pg.QueryResultRow>('batches_out', 'verify-batches', 'first');
  const events = rows<Omit<HashedEvent, 'tags'>>('events_out', 'verify-events', 'position');
  const tags = rows<Pick<HashedEvent, 'position' | 'tags'>>('tags_out', 'verify-tags', 'position');
  const units = rows<HashedUnit & pg.QueryResultRow>('units_out', 'verify-units', 'first');

  await mkdir(directory, { recursive: true });
  const file = (name: string) => new HashedFile(join(directory, name));
  const out = { events: file(exportFiles.events), batches: file(exportFiles.batches), table: file(exportFiles.table) };
  await out.table.write(tableHead);
  let [eventCount, batchCount] = [0, 0];
  let previousHash: Buffer | undefined;
  let headHash: Buffer | undefined;
  for (let batch = await batches.take(); batch !== undefined; batch = await batches.take()) {
    const { last } = batch;
    const tagRows = await tags.takeWhile(({ position }) => position <= last);
    const eventRows = await events.takeWhile(({ position }) => position <= last);
    const held = hashedEvents(eventRows, tagRows);
    await out.events.write(held.map(eventLine).join(''));
    await out.table.write(held.map(tableLine).join(''));
    await out.batches.write(batchLine({ batch, units: await units.takeWhile(({ first }) => first <= last) }));
    eventCount += held.length;
    batchCount += 1;
    previousHash ??= batch.previous;
    headHash = batch.hash;
    onProgress?.(last - from + 1, to - from + 1);
  }
  const manifest: ExportManifest = {
    format: exportFormat,
    logId: ids.newest,
    firstLogId: ids.first,
    exportedAt: options.exportedAt.toISOString(),
    from,
    to,
    events: eventCount,
    batches: batchCount,
    previousHash: (previousHash ?? noHash).toString('hex'),
    headHash: (headHash ?? noHash).toString('hex'),
    files: {
      [exportFiles.events]: await out.events.close(),
      [exportFiles.batches]: await out.batches.close(),
      [exportFiles.table]: await out.table.close(),
    },
  };
  await writeFile(join(directory, exportFiles.manifest), `${JSON.stringify(manifest, null, 2)}\n`, { flag: 'wx' });
  return manifest;
}
