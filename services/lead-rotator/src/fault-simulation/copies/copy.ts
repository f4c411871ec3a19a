import type { VirtualProcess } from '../virtual-time/virtual-process.ts';
import type { CopyParts } from './copy-parts.ts';

type Open = (name: string) => { process: VirtualProcess; parts: CopyParts };

/** One of the copies of a service: a process at a time, with nothing left of the one before. */
export class Copy<Doors> {
  readonly #open: Open;
  readonly #startIn: (parts: CopyParts) => Doors;
  #process: VirtualProcess | undefined;
  #doors: Doors | undefined;
  #isStopped = false;

  constructor(
    readonly name: string,
    open: Open,
    startIn: (parts: CopyParts) => Doors,
  ) {
    this.#open = open;
    this.#startIn = startIn;
  }

  /** Undefined while it is down. */
  get process(): VirtualProcess | undefined {
    return this.#process;
  }

  /** What takes requests; undefined while it is down. */
  get doors(): Doors | undefined {
    return this.#doors;
  }

  start(): void {
    if (this.#process !== undefined) return;
    const { process, parts } = this.#open(this.name);
    this.#process = process;
    this.#doors = process.run(() => this.#startIn(parts));
  }

  kill(): void {
    this.#process?.kill();
    this.#process = undefined;
    this.#doors = undefined;
    this.#isStopped = false;
  }

  stop(): void {
    this.#process?.stop();
    this.#isStopped = true;
  }

  goOn(): void {
    if (this.#isStopped) this.#process?.goOn();
    this.#isStopped = false;
  }
}
