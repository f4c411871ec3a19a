import type { Position } from '@lead-rotator/event-sourcing';

/** A stretch of the log that is not what it was when it was written. */
export interface BrokenStretch {
  readonly first: Position;
  readonly last: Position;
  readonly reason: string;
}

/** What computing the hash chain again has come to. */
export interface VerifiedChain {
  /** Hash of the newest batch; undefined for an empty log. */
  readonly headHash: string | undefined;
  readonly broken: readonly BrokenStretch[];
}

/** Computes every hash of the log again. */
export type VerifyChain = (progress: (done: Position, of: Position) => void) => Promise<VerifiedChain>;
