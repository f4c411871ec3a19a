import { isServerAway } from '@lead-rotator/postgres';
import { LogUnavailable } from './errors.ts';

/**
 * What kind of fault a database error is: `data`, something in the call cannot be stored; `unavailable`, the server is
 * away, overloaded, out of space, or did not answer, and the same call may succeed later; `other`, a fault of ours.
 */
export type Fault = 'data' | 'unavailable' | 'other';

export function faultOf(error: unknown): Fault {
  if (error instanceof LogUnavailable || isServerAway(error)) return 'unavailable';
  if (typeof error !== 'object' || error === null) return 'other';
  const code = 'code' in error ? String(error.code) : '';
  return dataClasses.has(code.slice(0, 2)) ? 'data' : 'other';
}

/** SQLSTATE: data exception, constraint violated, a limit of the program passed. */
const dataClasses = new Set(['22', '23', '54']);
