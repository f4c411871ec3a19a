/** By place in the list, in 2⁻³² of a turn. */
export interface DueShares {
  readonly of: Float64Array;
  /** Their sum: what a turn gives out if everybody is eligible. */
  readonly given: number;
}

/**
 * What part of a turn each member is due by their weight: floor(weight · 2³² ÷ sum of the eligible weights). Computed
 * again only when that sum is another, which with the same people at work it seldom is.
 */
export class Shares {
  /** In hundredths, by place in the list. */
  readonly weights: Float64Array;
  readonly sum: number;
  private readonly last: { sum: number; of: Float64Array; given: number };

  constructor(weights: readonly number[]) {
    this.weights = Float64Array.from(weights);
    this.sum = weights.reduce((sum, weight) => sum + weight, 0);
    this.last = { sum: 0, of: new Float64Array(weights.length), given: 0 };
  }

  /** If the weights of those who are eligible add up to `sum`; until the next call. */
  among(sum: number): DueShares {
    const { last, weights } = this;
    if (sum === last.sum) return last;
    last.sum = sum;
    last.given = 0;
    for (let place = 0; place < weights.length; place += 1) {
      const share = shareOf(weights[place] as number, sum);
      last.of[place] = share;
      last.given += share;
    }
    return last;
  }
}

/** In two steps of 16 bits, so that no product leaves the exact whole numbers. */
function shareOf(weight: number, sum: number): number {
  const first = weight * 65536;
  const high = Math.floor(first / sum);
  return high * 65536 + Math.floor(((first - high * sum) * 65536) / sum);
}
