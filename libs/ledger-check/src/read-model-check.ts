import type { Position } from '@lead-rotator/event-sourcing';
import type { RecordedLeadEvent } from '@lead-rotator/lead-events';

/** A row of a read model: its key, and everything else as one text, the same for the same content. */
export type ReadModelRow = readonly [key: string, content: string];

/** The rows as they are stored, all of one moment. */
export interface StoredRows {
  /** The position up to which they were written; 0: nothing yet. */
  readonly position: Position;
  rows(): AsyncIterable<ReadModelRow>;
  close(): Promise<void>;
}

/** The same rows made from the log, in memory. */
export interface ReplayedRows {
  /** Every event up to the position of the stored rows, in order. */
  see(event: RecordedLeadEvent): void;
  rows(): Iterable<ReadModelRow>;
}

/** How a read model is compared with a replay. A service registers one for each of its own. */
export interface ReadModelCheck {
  readonly name: string;
  /** In one transaction that sees one moment (`repeatable read`); closed when the rows were compared. */
  openStored(): Promise<StoredRows>;
  replay(): ReplayedRows;
}
