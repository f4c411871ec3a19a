import type { BusLogger } from '../bus-logger.ts';

const retryMilliseconds = 500;

/**
 * Saves a cursor beside the work and not in its way: the newest, so many milliseconds after it was reached. It lags by
 * that much; what was sent after it is sent again by whoever takes over.
 */
export class CursorSaver<Cursor> {
  readonly #save: (cursor: Cursor) => Promise<void>;
  readonly #logger: BusLogger;
  readonly #milliseconds: number;
  #wanted: Cursor | undefined;
  #timer: NodeJS.Timeout | undefined;
  #closed = false;
  #saving: Promise<void> = Promise.resolve();

  constructor(save: (cursor: Cursor) => Promise<void>, logger: BusLogger, milliseconds: number) {
    this.#save = save;
    this.#logger = logger;
    this.#milliseconds = milliseconds;
  }

  reached(cursor: Cursor): void {
    this.#wanted = cursor;
    this.#schedule(this.#milliseconds);
  }

  /** Saves what is not saved yet; gives up when it is not taken. */
  async close(): Promise<void> {
    this.#closed = true;
    clearTimeout(this.#timer);
    await this.#saving;
    await this.#saveNow();
  }

  #schedule(milliseconds: number): void {
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      this.#saving = this.#saving.then(() => this.#saveNow());
    }, milliseconds);
  }

  async #saveNow(): Promise<void> {
    const cursor = this.#wanted;
    if (cursor === undefined) return;
    this.#wanted = undefined;
    try {
      await this.#save(cursor);
    } catch (error) {
      this.#wanted ??= cursor;
      this.#logger.warn({ err: error, cursor: String(cursor) }, 'the cursor was not saved and lags');
      if (!this.#closed) this.#schedule(retryMilliseconds);
    }
  }
}
