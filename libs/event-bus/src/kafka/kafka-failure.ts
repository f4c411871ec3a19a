import { BusUnavailable, MessageRefused } from '../errors.ts';

const refusals = new Set([
  'INVALID_TOPIC_EXCEPTION',
  'MESSAGE_TOO_LARGE',
  'RECORD_LIST_TOO_LARGE',
  'INVALID_RECORD',
  'INVALID_TIMESTAMP',
  'TOPIC_AUTHORIZATION_FAILED',
]);

/** What an error of kafkajs means to who sends or reads: whether trying the same again can help. */
export function kafkaFailure(error: unknown, doing: string): BusUnavailable | MessageRefused {
  const type = protocolErrorType(error);
  const message = `${doing}: ${error instanceof Error ? error.message : String(error)}`;
  return type !== undefined && refusals.has(type)
    ? new MessageRefused(message, { cause: error })
    : new BusUnavailable(message, { cause: error });
}

function protocolErrorType(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined;
  if ('type' in error && typeof error.type === 'string') return error.type;
  return protocolErrorType(error.cause);
}
