/** One thing that is wrong with an input. */
export interface Fault {
  /** JSON pointer to it, as in `/attributes/budget`; empty for the whole. */
  readonly path: string;
  /** What is wrong, for a person. */
  readonly message: string;
}

/** What came in does not have the form it must have. */
export class InvalidRequest extends Error {
  override readonly name = 'InvalidRequest';

  constructor(readonly faults: readonly Fault[]) {
    super(faults.map(({ path, message }) => `${path === '' ? '' : `${path} `}${message}`).join('; '));
  }
}
