import type { EventLog, ReadSelection } from '@lead-rotator/event-log';
import type { EpochMilliseconds, Position } from '@lead-rotator/event-sourcing';
import { InvalidArgumentError } from 'commander';
import { timeOf } from '../parse-time.ts';

/** Where a printing begins or ends: at a position, or at a time. */
export type Bound = { readonly position: Position } | { readonly time: EpochMilliseconds };

/** `4211`, `2026-01-05`, `2026-01-05T09:00:00Z`. @throws InvalidArgumentError */
export function parseBound(text: string): Bound {
  if (/^\d{1,15}$/.test(text)) return { position: Number(text) };
  const time = timeOf(text);
  if (time === undefined) throw new InvalidArgumentError('neither a position nor a time like 2026-01-05T09:00:00Z');
  return { time };
}

/** Processes' clocks differ by less than this, so that events stand in order of time but for as much. */
const disorder = 60_000;

/**
 * A position behind which everything from this time on stands; a little of what is before may come too. Found by
 * halving, with one event read at each step: the times of a log go up.
 */
export async function positionBefore(log: Pick<EventLog, 'head' | 'read'>, time: EpochMilliseconds): Promise<Position> {
  let low = 0;
  let high = await log.head();
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    const [event] = (await log.read({ after: middle, limit: 1 })).events;
    if (event === undefined || event.at >= time - disorder) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** A position behind which nothing up to this time stands. */
export const positionAfter = (log: Pick<EventLog, 'head' | 'read'>, time: EpochMilliseconds): Promise<Position> =>
  positionBefore(log, time + 2 * disorder);

/** What to read of a log for what lies between two bounds, both included; around times, a little more. */
export async function rangeBetween(
  log: Pick<EventLog, 'head' | 'read'>,
  { from, to }: { readonly from?: Bound | undefined; readonly to?: Bound | undefined },
): Promise<Pick<ReadSelection, 'after' | 'until'>> {
  const after = from === undefined ? 0 : 'time' in from ? await positionBefore(log, from.time) : from.position - 1;
  if (to === undefined) return { after };
  return { after, until: 'time' in to ? await positionAfter(log, to.time) : to.position };
}
