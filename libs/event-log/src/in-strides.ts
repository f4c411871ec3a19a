import type { Position } from '@lead-rotator/event-sourcing';

/** Positions of the smallest partition: what is sorted at a time. */
const stride = 250_000;

/** The query once for each part of the range `from` to `to`, in their order, so that no sort holds more than one part. */
export function inStrides(query: string, column: string, from: Position, to: Position): string[] {
  const queries: string[] = [];
  for (let low = from; low <= to; low = Math.floor(low / stride + 1) * stride) {
    const high = Math.min(to, Math.floor(low / stride + 1) * stride - 1);
    queries.push(`select * from (${query}) as q where ${column} between ${low} and ${high} order by ${column}`);
  }
  return queries;
}
