/** What its holder may rely on while it does the work. */
export interface Lease {
  /** Counts the holders of the lease: a later one has a greater epoch. */
  readonly epoch: number;
  /**
   * False from the moment on when another may have taken it: looked up on this machine's monotonic clock, so that a
   * process that was stopped knows as soon as it goes on, before any timer of it has fired.
   */
  isHeld(): boolean;
  /** Aborted when the lease is lost or the work is to end. */
  readonly signal: AbortSignal;
}
