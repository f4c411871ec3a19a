import { microtasksDone } from './builtins.ts';

interface Step {
  readonly at: number;
  /** Of two at the same time, the one that was planned first comes first. */
  readonly number: number;
  /** Undefined: it was cancelled. */
  work: (() => void) | undefined;
}

const isBefore = (one: Step, other: Step): boolean =>
  one.at < other.at || (one.at === other.at && one.number < other.number);

/** Time that passes from one planned step to the next, in milliseconds; nothing happens between them. */
export class VirtualTime {
  readonly #heap: Step[] = [];
  #now: number;
  #planned = 0;
  #done = 0;

  constructor(start: number) {
    this.#now = start;
  }

  get now(): number {
    return this.#now;
  }

  /** How many steps have been done. */
  get steps(): number {
    return this.#done;
  }

  /** Plans a step; what is returned cancels it. */
  after(milliseconds: number, work: () => void): () => void {
    const step: Step = { at: this.#now + Math.max(0, milliseconds), number: this.#planned++, work };
    this.#rise(step);
    return () => {
      step.work = undefined;
    };
  }

  /** Does what is planned, each step to its end before the next, until this time. */
  async runUntil(end: number): Promise<void> {
    for (let [first] = this.#heap; first !== undefined && first.at <= end; [first] = this.#heap) {
      this.#dropFirst();
      const { work } = first;
      if (work === undefined) continue;
      this.#now = first.at;
      this.#done += 1;
      work();
      await microtasksDone();
    }
    this.#now = end;
  }

  #rise(step: Step): void {
    const heap = this.#heap;
    let place = heap.length;
    while (place > 0) {
      const above = (place - 1) >> 1;
      if (isBefore(heap[above] as Step, step)) break;
      heap[place] = heap[above] as Step;
      place = above;
    }
    heap[place] = step;
  }

  #dropFirst(): void {
    const heap = this.#heap;
    const moved = heap.pop() as Step;
    if (heap.length === 0) return;
    let place = 0;
    for (let below = 1; below < heap.length; below = 2 * place + 1) {
      if (below + 1 < heap.length && isBefore(heap[below + 1] as Step, heap[below] as Step)) below += 1;
      if (isBefore(moved, heap[below] as Step)) break;
      heap[place] = heap[below] as Step;
      place = below;
    }
    heap[place] = moved;
  }
}
