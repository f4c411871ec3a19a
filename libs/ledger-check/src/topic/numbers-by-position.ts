import type { Position } from '@lead-rotator/event-sourcing';

const perChunk = 65_536;

/** One number for each position, 0 where none was set: 8 bytes a position, and none for stretches without any. */
export class NumbersByPosition {
  readonly #chunks: (Float64Array | undefined)[] = [];
  /** The greatest position that has a number. */
  greatest: Position = 0;

  get(position: Position): number {
    return this.#chunks[Math.floor(position / perChunk)]?.[position % perChunk] ?? 0;
  }

  set(position: Position, number: number): void {
    const index = Math.floor(position / perChunk);
    const chunk = this.#chunks[index] ?? new Float64Array(perChunk);
    chunk[position % perChunk] = number;
    this.#chunks[index] = chunk;
    if (position > this.greatest) this.greatest = position;
  }

  /** Positions above this one that have a number. */
  *above(position: Position): Generator<Position> {
    for (let next = position + 1; next <= this.greatest; next += 1) if (this.get(next) !== 0) yield next;
  }
}
