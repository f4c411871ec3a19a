import type { NewEvent, Position } from './event.ts';
import type { Guard, Tag } from './tag.ts';

/** Unique in the log: an append repeated under the same id returns what the first one did. */
export type UnitId = string;

/**
 * What is appended together: all of its events or none, if its guards hold.
 * Guards see the units before this one in the same call, so a unit that was built on a refused one is refused too.
 * Decisions built on one another belong into one unit; a refused unit touches no other.
 */
export interface Unit {
  readonly id: UnitId;
  readonly events: readonly NewEvent[];
  readonly guards: readonly Guard[];
}

/** The unit is in the log, at these positions, both included. */
export interface Appended {
  readonly status: 'appended';
  readonly first: Position;
  readonly last: Position;
  /** An earlier append under this id had done it already; the positions are those of that one. */
  readonly repeated: boolean;
}

/** The unit is not in the log: something with a guarded tag came in between. Read again, decide again. */
export interface Refused {
  readonly status: 'refused';
  readonly tag: Tag;
  /** The position up to which the decider had read the tag. */
  readonly readAt: Position;
  /** Where the tag stands now; absent if a unit before this one in the same call has moved it. */
  readonly movedTo?: Position;
}

export type AppendOutcome = Appended | Refused;
