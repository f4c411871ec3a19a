/**
 * Ends a `switch` over a union: it does not compile while a case is missing.
 * For the compiler only: events that a running copy does not know are caught where the log is read.
 */
export function unreachable(value: never): never {
  throw new Error(`not reachable: ${JSON.stringify(value)}`);
}
