import type { StrategyType, UserId } from '@lead-rotator/lead-events';
import type { BrokenPromise } from './judged-turn.ts';

export interface MemberFairness {
  readonly called: string;
  readonly turns: number;
  /** Turns due to them: for each lead that they could have had, their part of it by the strategy; null: not defined. */
  readonly due: number | null;
}

/** The largest distances to what was due, in turns, that any member had after any turn of the period. */
export interface Farthest {
  readonly ahead: number;
  readonly behind: number;
}

/** What a rotation promised by one of its strategies, and what happened, in a period. */
export interface RotationFairness {
  readonly organizationId: string;
  readonly rotationId: string;
  readonly called: string;
  readonly strategy: StrategyType;
  readonly promise: string;
  readonly turns: number;
  /** Turns that cannot be judged: nobody was eligible but for absence, or the person was erased and filters ask for it. */
  readonly unjudged: number;
  /** How often the promise was broken. */
  readonly broken: number;
  /** The first ones. */
  readonly examples: readonly BrokenPromise[];
  readonly members: Readonly<Record<UserId, MemberFairness>>;
  /** Where a strategy says what is due. */
  readonly farthest?: Farthest;
  /** Predictive: the part of the turns that went by round robin, and what was set. */
  readonly guard?: { readonly set: number; readonly happened: number };
}
