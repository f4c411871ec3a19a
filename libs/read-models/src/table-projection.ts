import type { RecordedEvent } from '@lead-rotator/event-sourcing';
import type { ClientBase } from 'pg';

/** Tables that are made from the log and from nothing else: they can be dropped and made again at any time. */
export interface TableProjection {
  readonly name: string;
  /** Goes up when the tables would come out differently; the new version starts at the beginning of the log. */
  readonly version: number;
  /** The types of events that move it. */
  readonly types: readonly string[];
  /**
   * Writes what the events change, in order of position, with as few statements as it can (one
   * `insert … select unnest … on conflict` a table and page). Runs in the transaction that moves the cursor.
   */
  apply(client: ClientBase, events: readonly RecordedEvent[]): Promise<void>;
  /** Empties its tables. */
  clear(client: ClientBase): Promise<void>;
}

/** A projection, and the names of the tables that it writes. */
export interface ProjectedTables {
  readonly projection: TableProjection;
  readonly tables: readonly string[];
}
