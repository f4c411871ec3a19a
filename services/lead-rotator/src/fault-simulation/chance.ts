import { uniformInt } from 'pure-rand/distribution/uniformInt';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';

/** What a seed draws, one thing after the other. */
export class Chance {
  readonly #generator: ReturnType<typeof xoroshiro128plus>;

  constructor(seed: number) {
    this.#generator = xoroshiro128plus(seed);
    // The first draws of seeds that follow one another are alike.
    for (let skipped = 0; skipped < 16; skipped += 1) this.between(0, 1);
  }

  /** A whole number; both ends included. */
  between(least: number, most: number): number {
    return uniformInt(this.#generator, least, most);
  }

  /** True in so many of a thousand draws. */
  permille(of: number): boolean {
    return of > 0 && uniformInt(this.#generator, 0, 999) < of;
  }

  oneOf<Item>(items: readonly Item[]): Item {
    return items[uniformInt(this.#generator, 0, items.length - 1)] as Item;
  }
}
