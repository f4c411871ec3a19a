/** What sockets say when the other side is away. */
const connectionCodes = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'ECONNABORTED',
  'EPIPE',
  'ETIMEDOUT',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
]);

/** Classes of SQLSTATE: connection, rollback by the server, resources, operator's intervention, system, locks. */
const transientStates = ['08', '40', '53', '55', '57', '58'];

/** pg says these without a code. */
const pgMessages = [
  'Connection terminated',
  'timeout exceeded when trying to connect',
  'Client has encountered a connection error',
];

/**
 * True if an error says that something we depend on is away for now (`canRetry`, a lost connection, a database that
 * stops or is overloaded): then no message is at fault, and the same is tried again later.
 */
export function isTransient(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  if ('canRetry' in error) return error.canRetry === true;
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  if (connectionCodes.has(code)) return true;
  if (code.length === 5 && transientStates.includes(code.slice(0, 2))) return true;
  if (pgMessages.some((text) => error.message.includes(text))) return true;
  const inner = [error.cause, 'driverError' in error ? error.driverError : undefined];
  if (error instanceof AggregateError) inner.push(...error.errors);
  return inner.some(isTransient);
}
