/** The broker cannot be reached or did not answer: not known whether the messages were taken; sending them again is allowed. */
export class BusUnavailable extends Error {
  override readonly name = 'BusUnavailable';
  readonly canRetry = true;
}

/** The broker will never take this message (too large, no such topic partition, not allowed): sending it again is useless. */
export class MessageRefused extends Error {
  override readonly name = 'MessageRefused';
  readonly canRetry = false;
}
