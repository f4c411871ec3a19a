import { setTimeout as pause } from 'node:timers/promises';

/** Hands what one side pushes to the other side that takes; the pushing side can wait until there is room again. */
export class BoundedQueue<Item> {
  readonly #limit: number;
  #items: Item[] = [];
  #failure: Error | undefined;
  #changed = Promise.withResolvers<void>();

  constructor(limit: number) {
    this.#limit = limit;
  }

  push(items: readonly Item[]): void {
    for (const item of items) this.#items.push(item);
    this.#wake();
  }

  fail(error: Error): void {
    this.#failure = error;
    this.#wake();
  }

  hasRoom(): boolean {
    return this.#items.length < this.#limit;
  }

  /** Resolves at the next push, take or failure. */
  change(): Promise<void> {
    return this.#changed.promise;
  }

  /**
   * All that is there, as soon as something is; nothing when nothing comes for so many milliseconds or another one takes it.
   * @throws what `fail` was given, once everything pushed before is taken.
   */
  async take(milliseconds: number): Promise<readonly Item[]> {
    if (this.#items.length === 0 && this.#failure === undefined) await this.#changeWithin(milliseconds);
    if (this.#items.length === 0 && this.#failure !== undefined) throw this.#failure;
    const items = this.#items;
    this.#items = [];
    this.#wake();
    return items;
  }

  async #changeWithin(milliseconds: number): Promise<void> {
    const waiting = new AbortController();
    const end = pause(milliseconds, undefined, { signal: waiting.signal }).catch(() => undefined);
    await Promise.race([this.#changed.promise, end]);
    waiting.abort();
  }

  #wake(): void {
    this.#changed.resolve();
    this.#changed = Promise.withResolvers();
  }
}
