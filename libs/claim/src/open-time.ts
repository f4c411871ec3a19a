import type { EpochMilliseconds } from '@lead-rotator/event-sourcing';
import type { ClaimPolicy, UserId } from '@lead-rotator/lead-events';
import { type Absence, type Distribution, type Week, weekMinutes, type Zone } from '@lead-rotator/rotation';
import type { Pauses } from './pauses.ts';

const minute = 60_000;
const day = 1440 * minute;
/** Who has not been open for so long will not be: the window then runs by the clock on the wall. */
const horizonDays = 3660;

type Range = readonly [from: EpochMilliseconds, until: EpochMilliseconds];

/** The instant at which so much open time has passed: of the calendar, or of the owner, without pauses. */
export function dueInOpenTime(
  distribution: Distribution,
  policy: ClaimPolicy,
  pauses: Pauses,
  ownerId: UserId,
  start: EpochMilliseconds,
): EpochMilliseconds {
  const open = openOf(distribution, policy, ownerId);
  let left = policy.within;
  for (const [from, until] of openRanges(open, pauses, start)) {
    if (until - from >= left) return from + left;
    left -= until - from;
  }
  return start + policy.within;
}

interface Open {
  readonly zone: Zone;
  readonly week: Week | undefined;
  readonly closed: readonly Absence[];
}

function openOf(distribution: Distribution, policy: ClaimPolicy, ownerId: UserId): Open {
  if (policy.clock === 'member-hours') {
    const owner = distribution.users.get(ownerId);
    return { zone: distribution.zone(owner?.timeZone), week: owner?.hours, closed: owner?.away ?? [] };
  }
  const calendar = distribution.calendars.get(policy.calendar ?? '');
  return { zone: distribution.zone(calendar?.timeZone), week: calendar?.week, closed: calendar?.holidays ?? [] };
}

/** Open stretches from an instant on, in order, local day by local day. */
function* openRanges(open: Open, pauses: Pauses, start: EpochMilliseconds): Generator<Range> {
  const { zone, week, closed } = open;
  const shut = closed.map(
    ({ from, until, local }): Range => (local ? [zone.toInstant(from), zone.toInstant(until)] : [from, until]),
  );
  const first = Math.floor(zone.toLocal(start) / day);
  for (let date = first; date < first + horizonDays; date += 1) {
    const from = Math.max(start, zone.toInstant(date * day));
    const until = zone.toInstant((date + 1) * day);
    const paused: Range[] = [];
    for (const pause of pauses.from(from)) {
      if (pause[0] >= until) break;
      paused.push(pause);
    }
    for (const range of hoursOfDay(week, zone, date)) yield* without(clip(range, from, until), [...shut, ...paused]);
  }
}

/** The open hours that lie in a local day, also those that began the day before. */
function hoursOfDay(week: Week | undefined, zone: Zone, date: number): Range[] {
  if (week === undefined) return [[zone.toInstant(date * day), zone.toInstant((date + 1) * day)]];
  const begins = ((date + 3) % 7) * 1440;
  const ranges: [number, number][] = [];
  for (const [from, until] of week) {
    for (const shift of [0, weekMinutes]) {
      const low = Math.max(from, begins + shift) - begins - shift;
      const high = Math.min(until, begins + shift + 1440) - begins - shift;
      if (low < high) ranges.push([low, high]);
    }
  }
  ranges.sort((one, other) => one[0] - other[0]);
  let reached = 0;
  return ranges.flatMap(([low, high]): Range[] => {
    const from = Math.max(low, reached);
    reached = Math.max(reached, high);
    return from < high
      ? [[zone.toInstant(date * day + from * minute), zone.toInstant(date * day + high * minute)]]
      : [];
  });
}

const clip = ([from, until]: Range, low: number, high: number): Range => [Math.max(from, low), Math.min(until, high)];

function without(range: Range, closed: readonly Range[]): Range[] {
  let open = range[0] < range[1] ? [range] : [];
  for (const [from, until] of closed) {
    open = open.flatMap(([low, high]): Range[] => {
      const before: Range = [low, Math.min(high, from)];
      const after: Range = [Math.max(low, until), high];
      return [before, after].filter(([one, other]) => one < other);
    });
  }
  return open;
}
