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
}

/** Spreads neighbouring numbers over all 32 bits (finaliser of MurmurHash3). */
export function mix(value: number): number {
  let mixed = Math.imul(value ^ (value >>> 16), 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return mixed ^ (mixed >>> 16) ^ 0x9e3779b9;
}
