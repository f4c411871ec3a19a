/** One figure of several runs: the least, the middle one, and the greatest. */
export interface Spread {
  readonly min: number;
  readonly median: number;
  readonly max: number;
}

export function spreadOf(values: readonly number[]): Spread {
  const sorted = [...values].sort((a, b) => a - b);
  return { min: quantile(sorted, 0), median: quantile(sorted, 0.5), max: quantile(sorted, 1) };
}

/** The value below which the given part of the sorted values lies. */
export function quantile(sorted: ArrayLike<number>, part: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(part * sorted.length))] ?? Number.NaN;
}

export function formatSpread({ min, median, max }: Spread, digits: number): string {
  const format = (value: number) => value.toLocaleString('en', { maximumFractionDigits: digits });
  return `min ${format(min)}, median ${format(median)}, max ${format(max)}`;
}
