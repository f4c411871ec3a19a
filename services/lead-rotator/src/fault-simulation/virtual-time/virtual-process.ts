import { type Owner, running } from './builtins.ts';
import type { VirtualTime } from './virtual-time.ts';

/**
 * A process of the simulation: code that was started in it, with its timers and the answers it waits for. Killed, it
 * never goes on; stopped, it goes on later where it was, as if no time had passed.
 */
export class VirtualProcess implements Owner {
  readonly #time: VirtualTime;
  readonly #born: number;
  #killed = false;
  #stopped = false;
  #late: (() => void)[] = [];
  #onKilled: (() => void)[] = [];
  /** By how many milliseconds the clock of its machine is wrong. */
  skew = 0;

  constructor(
    readonly name: string,
    time: VirtualTime,
  ) {
    this.#time = time;
    this.#born = time.now;
  }

  get isAlive(): boolean {
    return !this.#killed;
  }

  /** What the clock of its machine shows. */
  clock(): number {
    return this.#time.now + this.skew;
  }

  /** Milliseconds since its start, by a clock that nobody sets. */
  uptime(): number {
    return this.#time.now - this.#born;
  }

  /** Runs code in it. */
  run<Result>(work: () => Result): Result {
    return running.run(this, work);
  }

  /** Plans a step of it; what is returned cancels it. */
  after(milliseconds: number, work: () => void): () => void {
    let cancelled = false;
    const cancel = this.#time.after(milliseconds, () => this.#step(() => cancelled || work()));
    return () => {
      cancelled = true;
      cancel();
    };
  }

  /** Where others learn that it is gone. */
  onKilled(work: () => void): void {
    this.#onKilled.push(work);
  }

  kill(): void {
    this.#killed = true;
    this.#late = [];
    for (const work of this.#onKilled.splice(0)) work();
  }

  stop(): void {
    this.#stopped = true;
  }

  /** What became due meanwhile comes now, in its order. */
  goOn(): void {
    this.#stopped = false;
    for (const work of this.#late.splice(0)) this.#time.after(0, () => this.#step(work));
  }

  #step(work: () => void): void {
    if (this.#killed) return;
    if (this.#stopped) this.#late.push(work);
    else work();
  }
}
