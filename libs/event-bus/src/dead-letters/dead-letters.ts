import type { EventBus, IncomingMessage } from '../event-bus.ts';
import { deadLetterTopic, fromDeadLetter, isNote, type MessagePlace } from './dead-letter.ts';

/** A message that lies on a dead-letter topic and was not sent in again. */
export interface DeadLetter {
  /** Where it lies on the dead-letter topic. */
  readonly place: MessagePlace;
  readonly reason: string;
  /** Where it came from. */
  readonly topic: string;
  readonly from: MessagePlace;
  readonly count: number;
  readonly at: string;
  readonly message: IncomingMessage;
  /** The topic did not take the message itself, which lies at `from` until it expires: it cannot be sent in again. */
  readonly isNote: boolean;
}

/** On a marker beside the dead letters: which of them was sent in again. A topic cannot lose a single message. */
const resentHeader = 'dlq_resent';
const nameOf = ({ partition, offset }: MessagePlace): string => `${partition}/${offset}`;

/** What lies on the dead-letter topic of `topic`, oldest first within a partition, without what was sent in again. */
export async function listDeadLetters(bus: Pick<EventBus, 'readTopic'>, topic: string): Promise<DeadLetter[]> {
  const resent = new Set<string>();
  const letters: DeadLetter[] = [];
  for await (const message of bus.readTopic(deadLetterTopic(topic))) {
    const marker = resentMarker(message);
    if (marker === undefined) letters.push(readLetter(message));
    else resent.add(marker);
  }
  return letters.filter(({ place }) => !resent.has(nameOf(place)));
}

/**
 * Sends dead letters to the topic they came from, with their original bytes, key and headers, and marks them as sent.
 * Those that fail again come back as new dead letters. Notes stay. Returns how many were sent.
 * @throws BusUnavailable: what was sent but not yet marked stays in the list and may be sent twice.
 */
export async function resendDeadLetters(
  bus: EventBus,
  topic: string,
  chosen: readonly MessagePlace[],
): Promise<number> {
  const wanted = new Set(chosen.map(nameOf));
  const lying = await listDeadLetters(bus, topic);
  const letters = lying.filter(({ place, isNote }) => wanted.has(nameOf(place)) && !isNote);
  for (const letter of letters) {
    await bus.publish(letter.topic, [fromDeadLetter(letter.message)]);
    await bus.publish(deadLetterTopic(topic), [
      { key: letter.message.key, value: null, headers: { [resentHeader]: nameOf(letter.place) } },
    ]);
  }
  return letters.length;
}

/** A letter may have come with that header; but where it came from stands on letters alone. */
function resentMarker({ headers }: IncomingMessage): string | undefined {
  return 'dlq_topic' in headers ? undefined : headers[resentHeader]?.toString();
}

function readLetter(message: IncomingMessage): DeadLetter {
  const header = (name: string): string => message.headers[name]?.toString() ?? '';
  return {
    place: message,
    reason: header('dlq_reason'),
    topic: header('dlq_topic'),
    from: { partition: Number(header('dlq_partition')), offset: BigInt(header('dlq_offset')) },
    count: Number(header('dlq_count')),
    at: header('dlq_at'),
    message,
    isNote: isNote(message),
  };
}
