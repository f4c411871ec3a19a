import { encodeEvent, type IncomingMessage } from '@lead-rotator/event-bus';
import type { RecordedEvent } from '@lead-rotator/event-sourcing';
import { fingerprint } from '../fingerprint.ts';
import type { ReadableBus } from '../topic/topics-to-check.ts';
import { recordedLogId } from './recorded-log.ts';

export const eventsTopic = 'leads.events';
const partitions = 2;

/** The messages that a relay sends for these events, each at its offset. */
export function messagesOf(events: readonly RecordedEvent[]): IncomingMessage[] {
  const ends = new Map<number, bigint>();
  return events.map((event) => {
    const { key, value, headers } = encodeEvent(event, recordedLogId);
    const partition = fingerprint(key ?? '') % partitions;
    const offset = ends.get(partition) ?? 0n;
    ends.set(partition, offset + 1n);
    const bytes = Object.entries(headers).map(([name, text]) => [name, Buffer.from(text ?? '')] as const);
    return {
      topic: eventsTopic,
      partition,
      offset,
      timestamp: event.at,
      key: key === null ? null : Buffer.from(key),
      value,
      headers: Object.fromEntries(bytes),
    };
  });
}

/** Topics that lie there, with where groups have committed (`group/topic`). */
export class RecordedTopics implements ReadableBus {
  constructor(
    private readonly topics: Readonly<Record<string, readonly IncomingMessage[]>>,
    private readonly committed: Readonly<
      Record<string, readonly (readonly [partition: number, offset: bigint])[]>
    > = {},
  ) {}

  async *readTopic(topic: string): AsyncGenerator<IncomingMessage> {
    yield* this.topics[topic] ?? [];
  }

  async endOffsets(topic: string): Promise<Map<number, bigint>> {
    const ends = new Map(Array.from({ length: partitions }, (_, partition) => [partition, 0n]));
    for (const { partition, offset } of this.topics[topic] ?? []) {
      if (offset >= (ends.get(partition) ?? 0n)) ends.set(partition, offset + 1n);
    }
    return ends;
  }

  async committedOffsets(groupId: string, topic: string): Promise<Map<number, bigint>> {
    return new Map(this.committed[`${groupId}/${topic}`] ?? []);
  }
}
