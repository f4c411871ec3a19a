/** The log cannot be reached or did not answer: nothing is known about the append; the same unit may be sent again. */
export class LogUnavailable extends Error {
  override readonly name = 'LogUnavailable';
  readonly canRetry = true;
}

/** The unit cannot be stored as it is, however often it is tried. */
export class InvalidUnit extends Error {
  override readonly name: string = 'InvalidUnit';
  readonly canRetry = false;
}

/** The unit is larger than the log takes at once; parts of it may not be. */
export class UnitTooLarge extends InvalidUnit {
  override readonly name = 'UnitTooLarge';

  constructor(
    id: string,
    readonly bytes: number,
    readonly most: number,
  ) {
    super(`unit ${id} has ${bytes} bytes, more than ${most}`);
  }
}

/**
 * The log is another one than what a reader or writer holds was made on (a cursor, a snapshot, what it has read): it was
 * restored or replaced. What was to be appended to the one found was not; a process that begins anew may go on.
 */
export class LogReplaced extends Error {
  override readonly name = 'LogReplaced';
  readonly canRetry = true;

  constructor(
    readonly expected: string,
    readonly found: string,
  ) {
    super(`the log is ${found}, but this process stands on ${expected}: it was restored or replaced`);
  }
}
