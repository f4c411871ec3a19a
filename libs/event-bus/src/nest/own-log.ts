import type { EventLog } from '@lead-rotator/event-log';
import { logSource } from '../cloud-events/encode-event.ts';
import type { ReceivedEvent } from './event-batch.ts';

/** These messages cannot be used with this log: they come again, until somebody has put it right. */
export class ForeignLog extends Error {
  override readonly name = 'ForeignLog';
  readonly canRetry = true;
}

/** Positions mean nothing in another log: messages of one that was restored or replaced are noticed here. */
export class OwnLog {
  readonly #log: Pick<EventLog, 'id'>;
  #source: string | undefined;

  constructor(log: Pick<EventLog, 'id'>) {
    this.#log = log;
  }

  /** @throws ForeignLog if one of the events stands in another log; LogUnavailable */
  async require(events: readonly ReceivedEvent[]): Promise<void> {
    this.#source ??= logSource(await this.#log.id());
    const foreign = events.find(({ source }) => source !== this.#source);
    if (foreign === undefined) return;
    throw new ForeignLog(`event ${foreign.position} of a message is of ${foreign.source}, the log is ${this.#source}`);
  }
}
