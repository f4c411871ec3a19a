import { isServerAway } from '@lead-rotator/postgres';

/**
 * True if an error says that something we depend on is away for now (`canRetry`, a lost connection, a database that
 * stops or is overloaded): then no message is at fault, and the same is tried again later.
 */
export function isTransient(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  if ('canRetry' in error) return error.canRetry === true;
  if (isServerAway(error)) return true;
  const inner = [error.cause, 'driverError' in error ? error.driverError : undefined];
  if (error instanceof AggregateError) inner.push(...error.errors);
  return inner.some(isTransient);
}
