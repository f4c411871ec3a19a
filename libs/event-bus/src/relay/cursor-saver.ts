import type { BusLogger } from '../bus-logger.ts';

/**
 * Saves a cursor beside the work and not in its way: the newest, so many milliseconds after it was reached. It lags by that much; what was
 * sent after it is sent again by whoever takes over.
 */
export class CursorSaver<Cursor> {
  readonly #save: (cursor: Cursor) => Promise<void>;
  readonly #logger: BusLogger;
  readonly #milliseconds: number;
  #wanted: Cursor | undefined;
  #timer: NodeJS.Timeout | undefined;
  #saving: Promise<void> = Promise.resolve();

  constructor(save: (cursor: Cursor) => Promise<void>, logger: BusLogger, milliseconds: number) {
    this.#save = save;
    this.#logger = logger;
    this.#milliseconds = milliseconds;
  }

  reached(cursor: Cursor): void {
    this.#wanted = cursor;
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      this.#saving = this.#saving.then(() => this.#saveNow());
    }, this.#milliseconds);
  }

  /** Saves what is not saved yet. */
  async close(): Promise<void> {
    clearTimeout(this.#timer);
    await this.#saving;
    await this.#saveNow();
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
    }
  }
}
