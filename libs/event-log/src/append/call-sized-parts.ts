import type { PreparedUnit } from './prepared-unit.ts';

/** Payloads of one call, in bytes: the head of the log is held for no more at a time, but for guarded units. */
export const mostBytesInCall = 1_000_000;

/**
 * The units in their order, in parts that a call takes; who waits for the head gets in between. Units that guard on tags
 * may look at one another, and stay together.
 */
export function callSizedParts(units: readonly PreparedUnit[]): (readonly PreparedUnit[])[] {
  if (units.some(({ guards }) => guards.length > 0)) return [units];
  const parts: PreparedUnit[][] = [[]];
  let bytes = 0;
  for (const unit of units) {
    if (bytes > 0 && bytes + unit.bytes > mostBytesInCall) {
      parts.push([]);
      bytes = 0;
    }
    parts.at(-1)?.push(unit);
    bytes += unit.bytes;
  }
  return parts;
}
