import type { RecordedLeadEvent } from '@lead-rotator/lead-events';

/** Events of a log in order, of which some can be looked at before they are taken. */
export class EventBuffer {
  #events: readonly RecordedLeadEvent[] = [];
  #next = 0;
  readonly #pages: AsyncIterator<readonly RecordedLeadEvent[]>;

  constructor(pages: AsyncIterable<readonly RecordedLeadEvent[]>) {
    this.#pages = pages[Symbol.asyncIterator]();
  }

  /** So many events as are left, at most `count`. */
  async ahead(count: number): Promise<readonly RecordedLeadEvent[]> {
    while (this.#events.length - this.#next < count) {
      const page = await this.#pages.next();
      if (page.done) break;
      this.#events = [...this.#events.slice(this.#next), ...page.value];
      this.#next = 0;
    }
    return this.#events.slice(this.#next, this.#next + count);
  }

  skip(count: number): void {
    this.#next += count;
  }
}
