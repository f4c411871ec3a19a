import { LogUnavailable } from './errors.ts';

/**
 * What kind of fault a database error is: `data`, something in the call cannot be stored; `unavailable`, the server is
 * away, overloaded, out of space, or did not answer, and the same call may succeed later; `other`, a fault of ours.
 */
export type Fault = 'data' | 'unavailable' | 'other';

export function faultOf(error: unknown): Fault {
  if (error instanceof LogUnavailable) return 'unavailable';
  if (typeof error !== 'object' || error === null) return 'other';
  const code = 'code' in error ? String(error.code) : '';
  const message = 'message' in error ? String(error.message) : '';
  if (isOfConnection(code, message)) return 'unavailable';
  if (dataClasses.has(code.slice(0, 2))) return 'data';
  return unavailableClasses.has(code.slice(0, 2)) || unavailableCodes.has(code) ? 'unavailable' : 'other';
}

/** SQLSTATE: data exception, constraint violated, a limit of the program passed. */
const dataClasses = new Set(['22', '23', '54']);

/** SQLSTATE: connection, serialization or deadlock, resources (disk full, connections), operator's doing, system. */
const unavailableClasses = new Set(['08', '40', '53', '57', '58']);

/** A lock that is not to be had; a server that only reads (after a failover). */
const unavailableCodes = new Set(['55P03', '25006']);

/** The operating system's errors have a name for a code; pg's own about a connection have none, but say so. */
function isOfConnection(code: string, message: string): boolean {
  return /^E[A-Z]{4,}$/.test(code) || (code === '' && /connection|timeout|terminated|closed/i.test(message));
}
