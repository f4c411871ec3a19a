import kafkajs from 'kafkajs';
import type { BusLogger } from '../bus-logger.ts';

const { logLevel } = kafkajs;

/**
 * kafkajs calls what it will try again an error. We report what remains when it has given up, so its own errors come
 * as warnings here and the rest as debug.
 */
export function kafkaLogger(logger: BusLogger): () => (entry: kafkajs.LogEntry) => void {
  return () =>
    ({ level, namespace, log: { message, timestamp: _, logger: __, ...facts } }) => {
      const write = level <= logLevel.ERROR ? logger.warn : logger.debug;
      write({ kafkajs: namespace, ...facts }, message);
    };
}
