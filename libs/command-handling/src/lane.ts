/** A promise: it is settled, and what it was rejected with is for that item alone. */
type Answer<Result> = Result | Promise<Result>;

interface Waiting<Item, Result> {
  readonly item: Item;
  resolve(result: Answer<Result>): void;
  reject(error: unknown): void;
}

/**
 * One thing at a time, with everything that has gathered: what comes in while a batch is under way goes into the next.
 * Batches grow by themselves as load rises, and a single item never waits for company.
 */
export class Lane<Item, Result, Ahead = never> {
  readonly #process: (items: readonly Item[], ahead?: Promise<Ahead>) => Promise<readonly Answer<Result>[]>;
  readonly #most: number;
  readonly #prepare: ((items: readonly Item[]) => Promise<Ahead>) | undefined;
  #waiting: Waiting<Item, Result>[] = [];
  #ahead: Promise<Ahead> | undefined;
  #running = false;

  /**
   * `process` answers one result per item, in their order; when it rejects, every item of the batch is rejected. A
   * result that is a promise, settled by then, settles its own item.
   * `prepare` is called for a full batch that waits, while the one before it is under way; `process` is given what it
   * came to, and has to do without if that was rejected.
   */
  constructor(
    process: (items: readonly Item[], ahead?: Promise<Ahead>) => Promise<readonly Answer<Result>[]>,
    most: number,
    prepare?: (items: readonly Item[]) => Promise<Ahead>,
  ) {
    this.#process = process;
    this.#most = most;
    this.#prepare = prepare;
  }

  add(item: Item): Promise<Result> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ item, resolve, reject });
      if (this.#running) this.#prepareNext();
      else void this.#run();
    });
  }

  async #run(): Promise<void> {
    this.#running = true;
    while (this.#waiting.length > 0) {
      const batch = this.#waiting.slice(0, this.#most);
      this.#waiting = this.#waiting.slice(this.#most);
      const ahead = this.#ahead;
      this.#ahead = undefined;
      try {
        const processing = this.#process(batch.map(itemOf), ahead);
        this.#prepareNext();
        const results = await processing;
        batch.forEach((waiting, index) => {
          waiting.resolve(results[index] as Answer<Result>);
        });
      } catch (error) {
        for (const waiting of batch) waiting.reject(error);
      }
    }
    this.#running = false;
  }

  /** A full batch that waits stays as it is: what comes in now goes behind it. */
  #prepareNext(): void {
    if (this.#prepare === undefined || this.#ahead !== undefined || this.#waiting.length < this.#most) return;
    this.#ahead = this.#prepare(this.#waiting.slice(0, this.#most).map(itemOf));
    this.#ahead.catch(() => {});
  }
}

const itemOf = <Item>({ item }: { readonly item: Item }): Item => item;
