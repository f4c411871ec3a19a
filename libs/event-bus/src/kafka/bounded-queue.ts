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

  /** All that is there, as soon as something is. @throws what `fail` was given, once everything pushed before is taken. */
  async take(): Promise<readonly Item[]> {
    while (this.#items.length === 0) {
      if (this.#failure !== undefined) throw this.#failure;
      await this.#changed.promise;
    }
    const items = this.#items;
    this.#items = [];
    this.#wake();
    return items;
  }

  #wake(): void {
    this.#changed.resolve();
    this.#changed = Promise.withResolvers();
  }
}
