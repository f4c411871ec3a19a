import type { Position } from '@lead-rotator/event-sourcing';
import type { BusLogger } from '../bus-logger.ts';

const saveMilliseconds = 200;

/**
 * Saves a cursor beside the work and not in its way: a few times a second the newest. It lags by that much; what was
 * sent after it is sent again by whoever takes over.
 */
export class CursorSaver {
  readonly #save: (position: Position) => Promise<void>;
  readonly #logger: BusLogger;
  #wanted: Position | undefined;
  #timer: NodeJS.Timeout | undefined;
  #saving: Promise<void> = Promise.resolve();

  constructor(save: (position: Position) => Promise<void>, logger: BusLogger) {
    this.#save = save;
    this.#logger = logger;
  }

  reached(position: Position): void {
    this.#wanted = position;
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      this.#saving = this.#saving.then(() => this.#saveNow());
    }, saveMilliseconds);
  }

  /** Saves what is not saved yet. */
  async close(): Promise<void> {
    clearTimeout(this.#timer);
    await this.#saving;
    await this.#saveNow();
  }

  async #saveNow(): Promise<void> {
    const position = this.#wanted;
    if (position === undefined) return;
    this.#wanted = undefined;
    try {
      await this.#save(position);
    } catch (error) {
      this.#wanted ??= position;
      this.#logger.warn({ err: error, position }, 'the cursor was not saved and lags');
    }
  }
}
