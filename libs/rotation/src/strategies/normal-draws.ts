import { mix } from './drawing.ts';

/**
 * Normally distributed numbers, one for each member at each draw, at 5 ns: from a table of quantiles, between which is
 * interpolated. The same seed, draw and number give the same on every machine.
 */
export function normalDraw(start: number, number: number): number {
  const bits = mix(start + Math.imul(number + 1, 0x9e3779b9)) >>> 0;
  const index = bits >>> 20;
  const low = quantiles[index] as number;
  return low + ((quantiles[index + 1] as number) - low) * ((bits & 0xfffff) / 0x100000);
}

/** Where the numbers of a draw begin. */
export const startOf = (seed: number, draw: number): number => mix(mix(seed | 0) ^ draw);

const steps = 4_096;

/** Quantiles of the normal distribution (Acklam's rational approximation, right to nine digits). */
function quantile(part: number): number {
  if (part > 0.5) return -quantile(1 - part);
  if (part < 0.02425) {
    const q = Math.sqrt(-2 * Math.log(part));
    return polynomial(tail, q) / (polynomial(tailBelow, q) * q + 1);
  }
  const q = part - 0.5;
  return (polynomial(middle, q * q) * q) / (polynomial(middleBelow, q * q) * q * q + 1);
}

const polynomial = (factors: readonly number[], x: number): number => factors.reduce((sum, one) => sum * x + one, 0);

const middle = [
  -3.969683028665376e1, 2.209460984245205e2, -2.759285104469687e2, 1.38357751867269e2, -3.066479806614716e1,
  2.506628277459239,
];
const middleBelow = [
  -5.447609879822406e1, 1.615858368580409e2, -1.556989798598866e2, 6.680131188771972e1, -1.328068155288572e1,
];
const tail = [
  -7.784894002430293e-3, -3.223964580411365e-1, -2.400758277161838, -2.549732539343734, 4.374664141464968,
  2.938163982698783,
];
const tailBelow = [7.784695709041462e-3, 3.224671290700398e-1, 2.445134137142996, 3.754408661907416];

const quantiles = Float64Array.from({ length: steps + 1 }, (_, index) => quantile((index + 0.25) / (steps + 0.5)));
