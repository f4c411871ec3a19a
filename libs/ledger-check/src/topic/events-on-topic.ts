import { encodeEvent, type IncomingMessage } from '@lead-rotator/event-bus';
import type { LogId } from '@lead-rotator/event-log';
import type { Position, RecordedEvent } from '@lead-rotator/event-sourcing';
import { definitionOf, type RecordedLeadEvent } from '@lead-rotator/lead-events';
import type { CheckSettings } from '../check-settings.ts';
import type { Place, ReportFault } from '../fault.ts';
import { fingerprint } from '../fingerprint.ts';
import { ExpiredPrefixes } from './expired-prefixes.ts';
import { KeyOrder } from './key-order.ts';
import { identityOf, messageFacts } from './message-facts.ts';
import { NumbersByPosition } from './numbers-by-position.ts';

/** What was found on the events topic besides faults. */
export interface TopicFigures {
  messages: number;
  /** Events that came again with the same bytes, as the relay may send them after a crash. */
  redelivered: number;
  /** Events of the log whose messages were deleted by retention. */
  expired: number;
  /** Events of the log that are too young to be missed. */
  underWay: number;
}

/**
 * The events topic against the log: read the topic first, message by message, then the log, event by event.
 * About 20 bytes an event and 50 a lead are kept.
 */
export class EventsOnTopic {
  readonly figures: TopicFigures = { messages: 0, redelivered: 0, expired: 0, underWay: 0 };
  readonly #contents = new NumbersByPosition();
  readonly #identities = new NumbersByPosition();
  readonly #keys = new KeyOrder();
  readonly #expired: ExpiredPrefixes;

  constructor(
    private readonly topic: string,
    private readonly logId: LogId,
    private readonly settings: CheckSettings,
    private readonly report: ReportFault,
    endOffsets: ReadonlyMap<number, bigint>,
  ) {
    this.#expired = new ExpiredPrefixes(endOffsets);
  }

  seeMessage(message: IncomingMessage): void {
    this.figures.messages += 1;
    const facts = messageFacts(message);
    const source = message.headers.ce_source?.toString();
    if (facts === undefined || source === undefined || !source.endsWith(`/${this.logId}`)) {
      const reason = facts === undefined ? 'no event of ours' : 'another log';
      this.report('foreign-on-topic', this.#at(message), { reason, source: source ?? null });
      return;
    }
    const { position, key, identity, content } = facts;
    this.#expired.see(message, position);
    const before = this.#contents.get(position);
    if (before === content) this.figures.redelivered += 1;
    else if (before !== 0) this.report('twice-on-topic', this.#at(message, position), {});
    else {
      this.#contents.set(position, content);
      this.#identities.set(position, identity);
      this.#seeFirst(message, position, key);
    }
  }

  endOfTopic(): void {
    this.#expired.end();
  }

  /** Every event of the log, after all messages: as it stands there, and in its newest version. */
  seeEvent(recorded: RecordedEvent, event: RecordedLeadEvent): void {
    const { position, type } = event;
    const key = definitionOf(type)?.key(event.data as never) ?? '';
    const identity = this.#identities.get(position);
    if (identity === 0) this.#miss(event, key);
    else if (identity !== identityOf(encodeEvent(recorded, this.logId, () => key))) {
      this.report(
        'other-on-topic',
        { topic: this.topic, position },
        { expected: { type, key, at: new Date(event.at).toISOString() } },
      );
    }
  }

  /** The log was read up to here, after the topic: what the topic has beyond it, the log does not have. */
  endOfLog(head: Position): void {
    for (const position of this.#contents.above(head)) {
      this.report('foreign-on-topic', { topic: this.topic, position }, { reason: 'behind the end of the log', head });
    }
  }

  #seeFirst(message: IncomingMessage, position: Position, key: number): void {
    const { after, partition } = this.#keys.next(key, position, message.partition);
    if (after !== undefined && after > position) this.report('order-on-topic', this.#at(message, position), { after });
    if (partition !== undefined && partition !== message.partition) {
      this.report('key-on-two-partitions', this.#at(message, position), { other: partition });
    }
  }

  #miss(event: RecordedLeadEvent, key: string): void {
    const partition = this.#keys.partitionOf(fingerprint(key));
    if (this.#expired.includes(event.position, partition)) this.figures.expired += 1;
    else if (event.at > this.settings.now - this.settings.publishGrace) this.figures.underWay += 1;
    else {
      const { organizationId, position, type } = event;
      this.report('missing-on-topic', { organizationId, topic: this.topic, position }, { type, key });
    }
  }

  #at({ partition, offset }: IncomingMessage, position?: Position): Place {
    return {
      topic: this.topic,
      partition,
      offset: offset.toString(),
      ...(position === undefined ? {} : { position }),
    };
  }
}
