/** One thing that is wrong with a lead as it came in. */
export interface Fault {
  /** JSON pointer to it, as in `/attributes/budget`; empty for the whole. */
  readonly path: string;
  /** What is wrong, for a person. */
  readonly message: string;
}
