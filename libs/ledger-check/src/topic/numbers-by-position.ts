import type { Position } from '@lead-rotator/event-sourcing';

const perChunk = 65_536;

/** One number for each position, 0 where none was set: 8 bytes a position, and none for stretches without any. */
export class NumbersByPosition {
  readonly #chunks = new Map<number, Float64Array>();

  get(position: Position): number {
    return this.#chunks.get(Math.floor(position / perChunk))?.[position % perChunk] ?? 0;
  }

  set(position: Position, number: number): void {
    const index = Math.floor(position / perChunk);
    const chunk = this.#chunks.get(index) ?? new Float64Array(perChunk);
    chunk[position % perChunk] = number;
    this.#chunks.set(index, chunk);
  }

  /** Positions above this one that have a number, in order. */
  *above(position: Position): Generator<Position> {
    for (const [index, chunk] of [...this.#chunks].sort(([one], [other]) => one - other)) {
      for (const [place, number] of chunk.entries()) {
        const at = index * perChunk + place;
        if (number !== 0 && at > position) yield at;
      }
    }
  }
}
