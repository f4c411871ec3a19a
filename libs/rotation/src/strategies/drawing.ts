import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';
import type { RandomGenerator } from 'pure-rand/types/RandomGenerator';

/** Random numbers of one draw of a rotation: the same seed and draw give the same numbers on every machine. */
export class Drawing {
  private readonly generator: RandomGenerator;

  constructor(seed: number, draw: number) {
    this.generator = xoroshiro128plus(mix(mix(seed | 0) ^ draw));
  }

  /** From 0 to below 1. */
  fraction(): number {
    return uniformFloat64(this.generator);
  }

  /** Normally distributed around 0 (Marsaglia's polar method). */
  normal(): number {
    for (;;) {
      const x = this.fraction() * 2 - 1;
      const y = this.fraction() * 2 - 1;
      const square = x * x + y * y;
      if (square > 0 && square < 1) return x * Math.sqrt((-2 * Math.log(square)) / square);
    }
  }

  /** Gamma distributed with a shape of 1 or more (Marsaglia and Tsang, 2000). */
  gamma(shape: number): number {
    const d = shape - 1 / 3;
    const c = 1 / Math.sqrt(9 * d);
    for (;;) {
      const x = this.normal();
      const v = (1 + c * x) ** 3;
      if (v > 0 && Math.log(1 - this.fraction()) < 0.5 * x * x + d - d * v + d * Math.log(v)) return d * v;
    }
  }

  /** Beta distributed: the chance to win of somebody who has won and lost so often. */
  chance(won: number, lost: number): number {
    const one = this.gamma(won + 1);
    return one / (one + this.gamma(lost + 1));
  }
}

/** Spreads neighbouring numbers over all 32 bits (finaliser of MurmurHash3). */
function mix(value: number): number {
  let mixed = Math.imul(value ^ (value >>> 16), 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return mixed ^ (mixed >>> 16) ^ 0x9e3779b9;
}
