/** The other end of a wire. While it is down, nobody reaches it; what it has done stays done. */
export class Server {
  readonly #onDown: (() => void)[] = [];
  #broken = Promise.withResolvers<void>();
  #isUp = true;

  constructor(readonly name: string) {}

  get isUp(): boolean {
    return this.#isUp;
  }

  /** Resolves when it goes down: whoever waits for an answer then waits in vain. */
  get goneDown(): Promise<void> {
    return this.#broken.promise;
  }

  /** What of it does not survive, such as open transactions. */
  whenDown(work: () => void): void {
    this.#onDown.push(work);
  }

  goDown(): void {
    this.#isUp = false;
    for (const work of this.#onDown) work();
    this.#broken.resolve();
    this.#broken = Promise.withResolvers();
  }

  comeUp(): void {
    this.#isUp = true;
  }
}
