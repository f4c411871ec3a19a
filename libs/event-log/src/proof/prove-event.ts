import type { Position } from '@lead-rotator/event-sourcing';
import type pg from 'pg';
import { inStrides } from '../in-strides.ts';
import { loadSql } from '../load-sql.ts';
import type { ChainedBatch } from '../verify/batch-faults.ts';
import { hashedEvents } from '../verify/hashed-events.ts';
import { type HashedEvent, leafHash, merklePath } from '../verify/merkle.ts';
import { RowStream } from '../verify/row-stream.ts';
import { withLogSnapshot } from '../with-log-snapshot.ts';
import { type EventProof, formatProof } from './event-proof.ts';

/** There is no such event, or no such head behind it. */
export class NotProvable extends Error {
  override readonly name = 'NotProvable';
}

interface BatchRow extends ChainedBatch, pg.QueryResultRow {}
type EventRow = Omit<HashedEvent, 'tags'>;
type TagsRow = Pick<HashedEvent, 'position' | 'tags'>;

/**
 * The proof that an event is in the log: up to its head, or to the batch whose hash is `anchor` (hexadecimal), as it was
 * kept elsewhere. Takes what is stored for granted: whether it holds is seen when the proof is verified (`verifyProof`).
 * @throws NotProvable
 */
export function proveEvent(pool: pg.Pool, position: Position, anchor?: string): Promise<EventProof> {
  return withLogSnapshot(pool, async (client) => {
    const { rows: batches } = await client.query<BatchRow>(loadSql('read-batches-from'), [position]);
    const [own] = batches;
    if (own === undefined || own.last < position) throw new NotProvable(`there is no event at position ${position}`);
    const within = <Row extends pg.QueryResultRow>(name: string, query: string): Promise<Row[]> =>
      new RowStream<Row>(client, name, inStrides(loadSql(query), 'position', own.first, own.last)).takeWhile(
        () => true,
      );
    const events = await within<EventRow>('events_of_batch', 'verify-events');
    const hashed = hashedEvents(events, await within<TagsRow>('tags_of_batch', 'verify-tags'));
    const index = hashed.findIndex((event) => event.position === position);
    const event = hashed[index];
    if (event === undefined) throw new NotProvable(`the event at position ${position} is missing in the log`);
    const head =
      anchor === undefined ? batches.length - 1 : batches.findIndex(({ hash }) => hash.toString('hex') === anchor);
    if (head < 0)
      throw new NotProvable(`no batch that holds position ${position} or a later one has the hash ${anchor}`);
    return formatProof(event, merklePath(hashed.map(leafHash), index), batches.slice(0, head + 1));
  });
}
