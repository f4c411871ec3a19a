/** What sockets say when the other side is away. */
const socketCodes = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'ECONNABORTED',
  'EPIPE',
  'ETIMEDOUT',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'EHOSTDOWN',
  'ENETUNREACH',
  'ENETDOWN',
]);

/**
 * Classes of SQLSTATE by which a server says that it does not serve us now, whatever we ask: connection, transaction
 * ended or read-only (after a failover), login, no such database (while one is restored), rollback by the server,
 * resources (disk full, connections), locked or taking no connections, operator's doing, system, its own faults.
 */
const classes = new Set(['08', '25', '28', '3D', '40', '53', '55', '57', '58', 'F0', 'XX']);

/** SQLSTATE: a right that was taken away; no such table, function or schema (while they are restored in place). */
const states = new Set(['42501', '42P01', '42883', '3F000']);

/** pg says these without a code. */
const messages = [
  'Connection terminated',
  'Query read timeout',
  'timeout exceeded when trying to connect',
  'timeout expired',
  'Client was closed and is not queryable',
  'Client has encountered a connection error',
];

/**
 * True of an error by which a server says that it is away or overloaded or lets nobody in, or by which a socket or pg
 * says so of it: the same call may succeed later. Looks at the error itself, not at its causes.
 */
export function isServerAway(error: unknown): boolean {
  if (typeof error !== 'object' || error === null) return false;
  const code = 'code' in error ? String(error.code) : '';
  if (socketCodes.has(code) || states.has(code)) return true;
  if (code.length === 5 && classes.has(code.slice(0, 2))) return true;
  return 'message' in error && messages.some((text) => String(error.message).includes(text));
}
