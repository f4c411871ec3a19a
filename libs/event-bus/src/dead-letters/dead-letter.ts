import type { IncomingMessage, OutgoingMessage } from '../event-bus.ts';

/** Where messages go that cannot be used: one topic for each way in. */
export const deadLetterTopic = (topic: string): string => `${topic}.dead-letter`;

/** Where a message lies. */
export interface MessagePlace {
  readonly partition: number;
  readonly offset: bigint;
}

/** Why and from where a message was put aside. */
export interface DeadLetterFacts {
  readonly reason: string;
  /** How often it was tried. */
  readonly count: number;
  /** When it was put aside, in milliseconds. */
  readonly at: number;
}

const prefix = 'dlq_';
/** Longer reasons are cut: brokers limit a message, and an error may quote the whole of one. */
const longestReason = 1_000;

/** On a letter without the message: its topic did not take it. */
const leftOutHeader = 'dlq_left_out';

/** The message as it came, bytes, key and headers, with the facts in headers `dlq_…` beside them. */
export function toDeadLetter(message: IncomingMessage, facts: DeadLetterFacts): OutgoingMessage {
  const { key, value, headers } = message;
  return { key, value, headers: { ...headers, ...factHeaders(message, facts) } };
}

/**
 * What is put aside of a message that the dead-letter topic refuses, most likely for its size: the facts alone. Until
 * it expires, the message lies where they say.
 */
export function toDeadLetterNote(message: IncomingMessage, facts: DeadLetterFacts): OutgoingMessage {
  const { topic, partition, offset } = message;
  const headers = { ...factHeaders(message, facts), [leftOutHeader]: 'refused by the topic' };
  return { key: `${topic}/${partition}/${offset}`, value: null, headers };
}

/** True for what `toDeadLetterNote` has made. */
export const isNote = ({ headers }: Pick<IncomingMessage, 'headers'>): boolean => leftOutHeader in headers;

function factHeaders(message: IncomingMessage, { reason, count, at }: DeadLetterFacts): Record<string, string> {
  return {
    dlq_reason: reason.slice(0, longestReason),
    dlq_topic: message.topic,
    dlq_partition: String(message.partition),
    dlq_offset: message.offset.toString(),
    dlq_count: String(count),
    dlq_at: new Date(at).toISOString(),
  };
}

/** Where a dead letter came from, as `partition/offset`; undefined for another message of the topic. */
export function letterOrigin({ headers }: Pick<IncomingMessage, 'headers'>): string | undefined {
  const { dlq_partition: partition, dlq_offset: offset } = headers;
  return partition == null || offset == null ? undefined : `${partition}/${offset}`;
}

/** What a dead letter was before it was put aside. */
export function fromDeadLetter({ key, value, headers }: IncomingMessage): OutgoingMessage {
  const own = Object.entries(headers).filter(([name]) => !name.startsWith(prefix));
  return { key, value, headers: Object.fromEntries(own) };
}
