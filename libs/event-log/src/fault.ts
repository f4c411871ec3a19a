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
  const message = 'message' in error ? String(error.message) : '';
  if (isOfConnection(code, message)) return 'unavailable';
  return dataClasses.has(code.slice(0, 2)) ? 'data' : 'other';
}

/** SQLSTATE: data exception, constraint violated, a limit of the program passed. */
const dataClasses = new Set(['22', '23', '54']);

/** The operating system's errors have a name for a code; pg's own about a connection have none, but say so. */
function isOfConnection(code: string, message: string): boolean {
  return /^E[A-Z]{4,}$/.test(code) || (code === '' && /connection|timeout|terminated|closed/i.test(message));
}
