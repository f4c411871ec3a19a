import type { Position } from '@lead-rotator/event-sourcing';

const mostPartitions = 65_536;

/** Where the newest message of each key stands, and on which partition: two numbers packed into one. */
export class KeyOrder {
  readonly #newest = new Map<number, number>();

  /** The first time that an event is met on the topic. */
  next(key: number, position: Position, partition: number): { after?: Position; partition?: number } {
    const packed = this.#newest.get(key);
    const last = packed === undefined ? 0 : Math.floor(packed / mostPartitions);
    if (position > last) this.#newest.set(key, position * mostPartitions + partition);
    if (packed === undefined) return {};
    return { after: last, partition: packed % mostPartitions };
  }

  /** The partition on which the messages of a key lie; undefined if there is none. */
  partitionOf(key: number): number | undefined {
    const packed = this.#newest.get(key);
    return packed === undefined ? undefined : packed % mostPartitions;
  }
}
