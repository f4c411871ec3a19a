import { isTransient } from '@lead-rotator/event-bus';
import { type DestinationStream, type Logger, pino } from 'pino';
import type { LogLevel } from './settings.ts';

export type { Logger } from 'pino';

/**
 * Writes one line of JSON per message to standard output. Give ids and counts as fields (`leadId`, `rotationId`,
 * `traceId`), never a lead's content: logs carry no personal data.
 */
export function createLogger(level: LogLevel, service: string, destination?: DestinationStream): Logger {
  const options = {
    level,
    base: { service, pid: process.pid },
    timestamp: () => `,"time":"${new Date().toISOString()}"`,
    formatters: { level: (label: string) => ({ level: label }) },
    serializers: { err: (error: unknown) => describeError(error, level === 'debug' || level === 'trace') },
  };
  return destination === undefined ? pino(options) : pino(options, destination);
}

/**
 * What of an error is logged. Not its further fields: database drivers put parameters and rows there
 * (`parameters`, `detail`), which may be personal data. Where it came from says nothing of what is only away for now.
 */
function describeError(error: unknown, isClose: boolean): unknown {
  if (!(error instanceof Error)) return { message: String(error) };
  const { name, message, stack, cause } = error;
  const code = 'code' in error ? error.code : undefined;
  if (!isClose && isTransient(error)) return { name, message, code };
  return { name, message, code, stack, ...(cause === undefined ? {} : { cause: describeError(cause, isClose) }) };
}
