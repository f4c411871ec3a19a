import type { IncomingMessage, OutgoingMessage } from '../event-bus.ts';

/** Where messages of a way in go that can perhaps be used a little later, so that they hold up none of those behind them. */
export const retryTopic = (topic: string): string => `${topic}.retry`;

/** A message that is tried again, as it came in, and since when it has been tried, in milliseconds. */
export interface RetriedMessage {
  readonly message: IncomingMessage;
  readonly since: number;
}

const prefix = 'retry_';

/** The message as it came, bytes, key and headers, with its place and times in headers `retry_…` beside them. */
export function toRetry({ message, since }: RetriedMessage): OutgoingMessage {
  const { key, value, headers, topic, partition, offset, timestamp } = message;
  const place = { topic, partition, offset, timestamp, since };
  const facts = Object.entries(place).map(([name, fact]) => [prefix + name, String(fact)]);
  return { key, value, headers: { ...headers, ...Object.fromEntries(facts) } };
}

/** What `toRetry` was given. Another message is tried as it is, from its own time on. */
export function fromRetry(retried: IncomingMessage): RetriedMessage {
  const fact = (name: string): string => retried.headers[prefix + name]?.toString() ?? '';
  const [partition, offset, timestamp, since] = ['partition', 'offset', 'timestamp', 'since'].map(fact);
  const numbers = [partition, offset, timestamp, since].map((text) => /^\d+$/.test(text ?? ''));
  if (fact('topic') === '' || numbers.includes(false)) return { message: retried, since: retried.timestamp };
  const own = Object.entries(retried.headers).filter(([name]) => !name.startsWith(prefix));
  return {
    message: {
      topic: fact('topic'),
      partition: Number(partition),
      offset: BigInt(offset as string),
      timestamp: Number(timestamp),
      key: retried.key,
      value: retried.value,
      headers: Object.fromEntries(own),
    },
    since: Number(since),
  };
}
