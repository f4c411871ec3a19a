/** What was measured of deadlines, each figure with as many of them. */
export interface DeadlineFigures {
  /** A second, until they are where they will fire from. */
  readonly setPerSecond: number;
  readonly cancelledPerSecond: number;
  /** A second, when all are due at one instant. */
  readonly firedPerSecond: number;
  /** Milliseconds from that instant until a deadline had fired. */
  readonly p50: number;
  readonly p99: number;
  readonly kill: {
    /** From the instant until the last had fired, in seconds. */
    readonly until: number;
    readonly lost: number;
    readonly doubled: number;
  };
  readonly faults: readonly string[];
}
