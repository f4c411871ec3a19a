import type { EpochMilliseconds } from './event.ts';

/** As RFC 3339 has it, seconds may be left out. */
export const instantPattern = '^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d(:\\d\\d(\\.\\d+)?)?(Z|[+-]\\d\\d:\\d\\d)$';
const form = new RegExp(instantPattern);
const dateTime = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/i;

/** The instant that a text names; undefined for what is none, or on a day that there is not. */
export function instantOf(text: string): EpochMilliseconds | undefined {
  const at = form.test(text) && isDay(text.slice(0, 10)) ? Date.parse(text) : Number.NaN;
  return Number.isNaN(at) ? undefined : at;
}

/** What JSON Schema calls `date-time`, as RFC 3339 has it, on a day that there is, and in UTC in a year of four digits. */
export function isDateTime(text: string): boolean {
  if (!dateTime.test(text) || !isDay(text.slice(0, 10))) return false;
  const at = Date.parse(text);
  return !Number.isNaN(at) && /^\d{4}-/.test(new Date(at).toISOString());
}

/** Whether a text as 2026-01-05 names a day that there is: `Date.parse` takes 30 February for 2 March. */
export function isDay(text: string): boolean {
  const at = Date.parse(`${text}T00:00:00Z`);
  return /^\d{4}-\d\d-\d\d$/.test(text) && !Number.isNaN(at) && new Date(at).toISOString().startsWith(text);
}
