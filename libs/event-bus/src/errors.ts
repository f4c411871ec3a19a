/** The broker cannot be reached or did not answer: not known whether the messages were taken; sending them again is allowed. */
export class BusUnavailable extends Error {
  override readonly name = 'BusUnavailable';
  readonly canRetry = true;
}
