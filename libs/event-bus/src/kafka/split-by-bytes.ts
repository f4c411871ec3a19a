import type { OutgoingMessage } from '../event-bus.ts';

/** About what Kafka adds to a record, and to each of its headers. */
const recordOverhead = 24;
const headerOverhead = 4;

export interface MessagesWithSize {
  readonly messages: readonly OutgoingMessage[];
  readonly bytes: number;
}

/** Messages in their order, in parts of at most so many bytes; a larger message is a part of its own. */
export function splitByBytes(messages: readonly OutgoingMessage[], limit: number): MessagesWithSize[] {
  const parts: MessagesWithSize[] = [];
  let part: OutgoingMessage[] = [];
  let bytes = 0;
  for (const message of messages) {
    const size = messageBytes(message);
    if (part.length > 0 && bytes + size > limit) {
      parts.push({ messages: part, bytes });
      part = [];
      bytes = 0;
    }
    part.push(message);
    bytes += size;
  }
  if (part.length > 0) parts.push({ messages: part, bytes });
  return parts;
}

function messageBytes({ key, value, headers }: OutgoingMessage): number {
  let size = recordOverhead + byteLength(key) + byteLength(value);
  for (const name in headers) size += headerOverhead + name.length + byteLength(headers[name]);
  return size;
}

function byteLength(content: string | Buffer | null | undefined): number {
  if (content == null) return 0;
  return typeof content === 'string' ? Buffer.byteLength(content) : content.length;
}
