interface Waiting<Item, Result> {
  readonly item: Item;
  resolve(result: Result): void;
  reject(error: unknown): void;
}

/**
 * One thing at a time, with everything that has gathered: what comes in while a batch is under way goes into the next.
 * Batches grow by themselves as load rises, and a single item never waits for company.
 */
export class Lane<Item, Result> {
  readonly #process: (items: readonly Item[]) => Promise<readonly Result[]>;
  readonly #most: number;
  #waiting: Waiting<Item, Result>[] = [];
  #running = false;

  /** `process` answers one result per item, in their order; when it rejects, every item of the batch is rejected. */
  constructor(process: (items: readonly Item[]) => Promise<readonly Result[]>, most: number) {
    this.#process = process;
    this.#most = most;
  }

  /** How many items wait for the next batch. */
  get length(): number {
    return this.#waiting.length;
  }

  add(item: Item): Promise<Result> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ item, resolve, reject });
      if (!this.#running) void this.#run();
    });
  }

  async #run(): Promise<void> {
    this.#running = true;
    while (this.#waiting.length > 0) {
      const batch = this.#waiting.slice(0, this.#most);
      this.#waiting = this.#waiting.slice(this.#most);
      try {
        const results = await this.#process(batch.map(({ item }) => item));
        batch.forEach((waiting, index) => {
          waiting.resolve(results[index] as Result);
        });
      } catch (error) {
        for (const waiting of batch) waiting.reject(error);
      }
    }
    this.#running = false;
  }
}
