import type { User } from './user.ts';

/** What is remembered of every member, by place in the list (`standings.ts`). */
export class StandingColumns {
  /** Codes of reasons (`reason-codes.ts`): why somebody is not there. */
  readonly absences: Uint8Array;
  /** Which cap or capacity is reached. */
  readonly limits: Uint8Array;
  /** The absence, or else the limit. */
  readonly codes: Uint8Array;
  /** By which the strategy compares members: the least is chosen. */
  readonly figures: Float64Array;
  /** Numbers of the members' last turns in this rotation. */
  readonly lastTurns: Float64Array;
  /** What was added to their counts by hand. */
  readonly credits: Float64Array;
  /** Until when what is known of each holds, if no event changes it. */
  readonly until: Float64Array;
  /** The same of their absence alone; of whom it is known, and whether they were paused. */
  readonly edges: Float64Array;
  readonly users: (User | undefined)[];
  readonly paused: boolean[];

  constructor(length: number, from?: StandingColumns) {
    this.absences = from?.absences.slice() ?? new Uint8Array(length);
    this.limits = from?.limits.slice() ?? new Uint8Array(length);
    this.codes = from?.codes.slice() ?? new Uint8Array(length);
    this.figures = from?.figures.slice() ?? new Float64Array(length);
    this.lastTurns = from?.lastTurns.slice() ?? new Float64Array(length);
    this.credits = from?.credits.slice() ?? new Float64Array(length);
    this.until = from?.until.slice() ?? new Float64Array(length);
    this.edges = from?.edges.slice() ?? new Float64Array(length);
    this.users = from?.users.slice() ?? [];
    this.paused = from?.paused.slice() ?? [];
  }
}
