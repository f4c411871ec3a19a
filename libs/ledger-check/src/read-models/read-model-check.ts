import type { Position, RecordedEvent } from '@lead-rotator/event-sourcing';
import type { DifferentRow } from '@lead-rotator/read-models';

/** The rows of a read model as they are stored at one moment, and beside them the same made again from the log. */
export interface OpenReadModel {
  /** The log that it was made from; undefined: nothing yet. */
  readonly logId: string | undefined;
  /** The position up to which the stored rows were written; 0: nothing yet. */
  readonly position: Position;
  /** All events up to that position, in order, page by page. */
  replay(events: readonly RecordedEvent[]): Promise<void>;
  /** After the replay. */
  compare(): Promise<{ readonly rows: number; readonly different: readonly DifferentRow[] }>;
  close(): Promise<void>;
}

/** How a read model is compared with a replay; the owner of the read model says it. */
export interface ReadModelCheck {
  readonly name: string;
  /** Sees one moment until it is closed. Opened before the log is read, so that the log reaches its position. */
  open(): Promise<OpenReadModel>;
}
