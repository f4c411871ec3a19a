import { hash } from 'node:crypto';
import type { Position } from '@lead-rotator/event-sourcing';
import type pg from 'pg';
import { inStrides } from '../in-strides.ts';
import { loadSql } from '../load-sql.ts';
import { withLogSnapshot } from '../with-log-snapshot.ts';
import { batchFaults, type ChainedBatch, type LogFault } from './batch-faults.ts';
import { hashedEvents } from './hashed-events.ts';
import { bytes } from './hashed-text.ts';
import type { HashedEvent, HashedUnit } from './merkle.ts';
import { RowStream } from './row-stream.ts';

export interface Verification {
  readonly batches: number;
  readonly events: number;
  /** Hash of the last batch, hexadecimal: it stands for the whole log. Absent if there is none. */
  readonly headHash?: string;
  /** In order of position; the first hundred. */
  readonly faults: readonly LogFault[];
  /** All of them, told or not. */
  readonly faultCount: number;
  /** Whether the log holds the batch that was asked for; absent if none was. */
  readonly anchorFound?: boolean;
}

export interface VerifyOptions {
  /** Hash of a batch, hexadecimal, as an earlier verification named it for the head: it must still be in the chain. */
  readonly anchor?: string;
  /** Called after each batch: how far it is, of how many positions. */
  readonly onProgress?: (position: Position, head: Position) => void;
}

const toldFaults = 100;

interface BatchRow extends ChainedBatch, pg.QueryResultRow {}
type EventRow = Omit<HashedEvent, 'tags'>;
interface TagsRow extends pg.QueryResultRow {
  readonly position: number;
  readonly tags: Buffer;
}
interface UnitRow extends HashedUnit, pg.QueryResultRow {}

/**
 * Computes the whole log again, from the rows up: leaf of each event, root and chain of the batches, units. Finds every
 * row that is missing, added or changed since it was appended, in one snapshot, while appending goes on.
 */
export async function verifyLog(pool: pg.Pool, options: VerifyOptions = {}): Promise<Verification> {
  return withLogSnapshot(pool, (client) => new Verifier(client, options).run());
}

class Verifier {
  readonly #faults: LogFault[] = [];
  #faultCount = 0;
  #events = 0;

  constructor(
    private readonly client: pg.ClientBase,
    private readonly options: VerifyOptions,
  ) {}

  async run(): Promise<Verification> {
    const head = await this.#number(loadSql('read-head'));
    const batches = new RowStream<BatchRow>(this.client, 'all_batches', [loadSql('verify-batches')]);
    const events = new RowStream<EventRow>(this.client, 'all_events', [loadSql('verify-events')]);
    const units = new RowStream<UnitRow>(this.client, 'all_units', [loadSql('verify-units')]);
    const tags = new RowStream<TagsRow>(this.client, 'all_tags', await this.#tagQueries());
    let chain: Buffer = hash('sha256', await this.#firstId(), 'buffer');
    let last = 0;
    let count = 0;
    let anchored = false;
    for (let batch = await batches.take(); batch !== undefined; batch = await batches.take()) {
      const { first } = batch;
      if (first !== last + 1) this.#fault(last + 1, first - 1, 'no batch covers these positions');
      if (!batch.previous.equals(chain))
        this.#fault(first, batch.last, 'the batch does not follow from the one before');
      this.#outside(await events.takeWhile((row) => row.position < first), 'an event');
      this.#outside(await tags.takeWhile((row) => row.position < first), 'tags');
      this.#outside(await units.takeWhile((row) => row.first < first).then(positionsOf), 'a unit');
      const through = Math.min(batch.last, ((await batches.peek())?.first ?? Number.POSITIVE_INFINITY) - 1);
      await this.#verifyBatch(
        batch,
        await events.takeWhile((row) => row.position <= through),
        await tags.takeWhile((row) => row.position <= through),
        await units.takeWhile((row) => row.first <= through),
      );
      chain = batch.hash;
      anchored ||= chain.toString('hex') === this.options.anchor;
      last = batch.last;
      count += 1;
      this.options.onProgress?.(last, head);
    }
    this.#outside(await events.takeWhile(() => true), 'an event');
    this.#outside(await tags.takeWhile(() => true), 'tags');
    this.#outside(await units.takeWhile(() => true).then(positionsOf), 'a unit');
    return {
      batches: count,
      events: this.#events,
      ...(count === 0 ? {} : { headHash: chain.toString('hex') }),
      faults: this.#faults,
      faultCount: this.#faultCount,
      ...(this.options.anchor === undefined ? {} : { anchorFound: anchored }),
    };
  }

  async #verifyBatch(batch: BatchRow, events: EventRow[], tags: TagsRow[], units: UnitRow[]): Promise<void> {
    this.#events += events.length;
    for (const { first, last, what } of batchFaults(batch, hashedEvents(events, tags), units)) {
      this.#fault(first, last, what);
    }
  }

  #outside(rows: readonly { readonly position: number }[], what: string): void {
    for (const { position } of rows) this.#fault(position, position, `${what} that no batch covers`);
  }

  #fault(first: Position, last: Position, what: string): void {
    this.#faultCount += 1;
    if (this.#faults.length < toldFaults) this.#faults.push({ first, last, what });
  }

  /** Sorting a million rows at a time is cheap, sorting all of them is not. */
  async #tagQueries(): Promise<string[]> {
    const { rows } = await this.client.query<{ end: number }>(loadSql('read-tag-partitions-end'));
    return inStrides(loadSql('verify-tags'), 'position', 0, (rows[0]?.end ?? 0) - 1);
  }

  async #firstId(): Promise<Buffer> {
    const { rows } = await this.client.query<{ first: string | null }>(loadSql('read-log-ids'));
    return bytes(rows[0]?.first?.replaceAll('-', '') ?? '0'.repeat(32));
  }

  async #number(query: string): Promise<number> {
    const { rows } = await this.client.query<{ head: number }>(query);
    return rows[0]?.head ?? 0;
  }
}

const positionsOf = (units: readonly UnitRow[]) => units.map((unit) => ({ position: unit.first }));
