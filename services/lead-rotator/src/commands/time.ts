import { InvalidArgumentError } from 'commander';

/** `2026-01-05`, `2026-01-05T09:00:00Z`, in milliseconds. @throws InvalidArgumentError */
export function parseTime(text: string): number {
  const time = /^\d{4}-/.test(text) ? Date.parse(text) : Number.NaN;
  if (Number.isNaN(time)) throw new InvalidArgumentError('not a time like 2026-01-05T09:00:00Z');
  return time;
}
