import type { LogEntry } from 'kafkajs';
import type { BusLogger } from '../bus-logger.ts';

/**
 * All that kafkajs says is for who looks closely: it calls an error what it is about to try again, thirty times a second
 * while a broker is down. What matters is what we make of it, and we say that ourselves.
 */
export function kafkaLogger(logger: BusLogger): () => (entry: LogEntry) => void {
  return () =>
    ({ namespace, label, log: { message, timestamp: _, logger: __, stack: ___, ...facts } }) =>
      logger.debug({ kafkajs: namespace, level: label, ...facts }, message);
}
