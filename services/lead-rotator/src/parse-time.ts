import { InvalidArgumentError } from 'commander';

const day = /^\d{4}-\d\d-\d\d(?=T|$)/;
const instant = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)$/;

/**
 * A time in milliseconds: `2026-01-05T09:00:00Z`, or `2026-01-05` for the midnight in UTC with which that day begins.
 * @throws InvalidArgumentError
 */
export function parseTime(text: string): number {
  const time = timeOf(text);
  if (time === undefined) throw new InvalidArgumentError('not a time like 2026-01-05T09:00:00Z');
  return time;
}

/** The same; undefined for anything else: for a time without a zone, and a 30th of February, which `Date.parse` takes. */
export function timeOf(text: string): number | undefined {
  const [date] = day.exec(text) ?? [];
  if (date === undefined || (text !== date && !instant.test(text))) return undefined;
  const midnight = Date.parse(date);
  const isDay = !Number.isNaN(midnight) && new Date(midnight).toISOString().startsWith(date);
  const time = Date.parse(text);
  return isDay && !Number.isNaN(time) ? time : undefined;
}
