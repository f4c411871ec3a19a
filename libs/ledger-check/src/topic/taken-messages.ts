import { deadLetterTopic, fromRetry, type IncomingMessage, letterOrigin } from '@lead-rotator/event-bus';
import type { RecordedLeadEvent } from '@lead-rotator/lead-events';
import type { ReportFault } from '../fault.ts';
import { fingerprint } from '../fingerprint.ts';
import type { ReadableBus, TakenTopic } from './topics-to-check.ts';

type Place = Pick<IncomingMessage, 'partition' | 'offset'>;

/**
 * The messages of such a topic that lie below where the group has committed and have not been met as events yet. About
 * 150 bytes a message that is still on the topic. To be read before the log: who commits has appended.
 */
export class TakenMessages {
  readonly #awaited = new Map<number, Place>();
  readonly #nowhere: Place[] = [];

  private constructor(
    private readonly taken: TakenTopic,
    private readonly report: ReportFault,
  ) {}

  static async read(bus: ReadableBus, taken: TakenTopic, report: ReportFault): Promise<TakenMessages> {
    const { groupId, topic } = taken;
    const messages = new TakenMessages(taken, report);
    const committed = await bus.committedOffsets(groupId, topic);
    // Before the letters: what is put aside from there is on theirs before it counts as taken.
    const putOff = await readPutOff(bus, taken);
    const letters = await readLetters(bus, topic);
    for await (const message of bus.readTopic(topic)) {
      const { partition, offset, timestamp } = message;
      if (offset >= (committed.get(partition) ?? 0n) || timestamp < letters.since) continue;
      const place = `${partition}/${offset}`;
      if (!letters.origins.has(place) && !putOff.has(place)) messages.#await(message);
    }
    return messages;
  }

  seeEvent(event: RecordedLeadEvent): void {
    const id = this.taken.idOfEvent(event);
    if (id !== undefined) this.#awaited.delete(fingerprint(id));
  }

  endOfLog(): void {
    const { topic, groupId } = this.taken;
    for (const { partition, offset } of [...this.#nowhere, ...this.#awaited.values()]) {
      this.report('taken-and-lost', { topic, partition, offset: offset.toString() }, { groupId });
    }
  }

  #await(message: IncomingMessage): void {
    const { partition, offset } = message;
    const id = this.taken.idOf(message);
    if (id === undefined) this.#nowhere.push({ partition, offset });
    else this.#awaited.set(fingerprint(id), { partition, offset });
  }
}

/** Where the messages came from that were put off and are still to be taken again. */
async function readPutOff(bus: ReadableBus, { groupId, putOffOn }: TakenTopic): Promise<Set<string>> {
  const places = new Set<string>();
  if (putOffOn === undefined) return places;
  const committed = await bus.committedOffsets(groupId, putOffOn);
  for await (const message of bus.readTopic(putOffOn)) {
    if (message.offset < (committed.get(message.partition) ?? 0n)) continue;
    const { partition, offset } = fromRetry(message).message;
    places.add(`${partition}/${offset}`);
  }
  return places;
}

/**
 * Where all dead letters of a topic came from, also of those sent in again. Letters that retention has deleted say
 * nothing about messages older than the oldest that is left: `since` is its time, 0 when none was deleted.
 */
async function readLetters(bus: ReadableBus, topic: string): Promise<{ origins: Set<string>; since: number }> {
  const origins = new Set<string>();
  const begun = new Map<number, IncomingMessage>();
  const letters = deadLetterTopic(topic);
  const ends = await bus.endOffsets(letters);
  for await (const message of bus.readTopic(letters)) {
    if (!begun.has(message.partition)) begun.set(message.partition, message);
    const origin = letterOrigin(message);
    if (origin !== undefined) origins.add(origin);
  }
  let since = 0;
  for (const [partition, end] of ends) {
    const first = begun.get(partition);
    if (end > 0n && first?.offset !== 0n) since = Math.max(since, first?.timestamp ?? Number.POSITIVE_INFINITY);
  }
  return { origins, since };
}
