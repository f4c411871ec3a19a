import { instantOf, isDay } from '@lead-rotator/event-sourcing';
import { InvalidArgumentError } from 'commander';

/**
 * A time in milliseconds: `2026-01-05T09:00:00Z`, or `2026-01-05` for the midnight in UTC with which that day begins.
 * @throws InvalidArgumentError
 */
export function parseTime(text: string): number {
  const time = timeOf(text);
  if (time === undefined) throw new InvalidArgumentError('not a time like 2026-01-05T09:00:00Z');
  return time;
}

/** The same; undefined for anything else: for a time without a zone, and a 30th of February. */
export const timeOf = (text: string): number | undefined => (isDay(text) ? Date.parse(text) : instantOf(text));

/** A period that ends before it begins holds nothing: a slip, and no answer. */
export function requirePeriod({ from, to }: { readonly from: number; readonly to: number }): void {
  if (to <= from) throw new Error('--to must be later than --from');
}
