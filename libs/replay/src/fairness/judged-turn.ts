import type { EpochMilliseconds, Position } from '@lead-rotator/event-sourcing';
import type { Turn, UserId } from '@lead-rotator/lead-events';
import type { Distribution, Member, Rotation } from '@lead-rotator/rotation';

/** A turn, with what stood before it. */
export interface JudgedTurn {
  readonly position: Position;
  readonly at: EpochMilliseconds;
  readonly distribution: Distribution;
  readonly rotation: Rotation;
  readonly chosen: Member;
  /** All members who could have had the lead, in list order; the chosen is one of them. */
  readonly eligible: readonly Member[];
  readonly turn: Turn;
}

/** A turn that broke the promise of its strategy. */
export interface BrokenPromise {
  readonly position: Position;
  readonly at: string;
  readonly chosen: UserId;
  /** Who should have been served, or was treated unfairly. */
  readonly instead: UserId;
  readonly why: string;
}

/** What a strategy promises, held against its turns one by one. */
export interface PromiseCheck {
  /** The first thing by which a turn breaks the promise. */
  see(turn: JudgedTurn): Omit<BrokenPromise, 'position' | 'at' | 'chosen'> | undefined;
  /** Something has changed by which what was counted says nothing any more: members, weights, a turn nobody can judge. */
  beginAnew(): void;
}
