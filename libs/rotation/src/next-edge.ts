import type { EpochMilliseconds } from '@lead-rotator/event-sourcing';
import type { Caps } from '@lead-rotator/lead-events';
import type { Distribution } from './distribution.ts';
import type { Member } from './member.ts';
import type { Rotation } from './rotation.ts';
import type { User } from './user.ts';
import { minuteOf, weekMinutes } from './week.ts';
import type { Windows, Zone } from './zone.ts';

const minute = 60_000;
const week = weekMinutes * minute;

/** When a cap that a member has reached may be new; Infinity if only an event can change it. May be too early. */
export function endOfLimit(
  distribution: Distribution,
  rotation: Rotation,
  { caps, person: { user } }: Member,
  at: EpochMilliseconds,
): EpochMilliseconds {
  const own = nextWindowOf(user.caps, distribution.zone(user.timeZone), at);
  const zone = distribution.zone(rotation.settings.timeZone);
  return caps === undefined ? own : Math.min(own, nextWindowOf(caps, zone, at));
}

/**
 * Before this instant the clock alone neither begins nor ends an absence of a user: the next edge of their hours or of a
 * period away, or the next change of the clock in their zone, up to which local time runs on evenly.
 */
export function nextEdge({ hours, away }: User, zone: Zone, at: EpochMilliseconds): EpochMilliseconds {
  if (hours === undefined && away.length === 0) return Infinity;
  const local = zone.toLocal(at);
  let ahead = zone.nextTransition(at) - at;
  for (const absence of away) {
    const now = absence.local ? local : at;
    for (const edge of [absence.from, absence.until]) if (edge > now) ahead = Math.min(ahead, edge - now);
  }
  const sinceMinute = local - Math.floor(local / minute) * minute;
  const now = minuteOf(local) * minute + sinceMinute;
  for (const edge of (hours ?? []).flat()) {
    const until = (((edge * minute - now) % week) + week) % week;
    ahead = Math.min(ahead, until === 0 ? week : until);
  }
  return at + ahead;
}

const windowOf: Record<keyof Caps, keyof Windows> = { hourly: 'hour', daily: 'day', weekly: 'week', monthly: 'month' };

function nextWindowOf(caps: Caps, zone: Zone, at: EpochMilliseconds): EpochMilliseconds {
  let next = Infinity;
  for (const cap of Object.keys(windowOf) as (keyof Caps)[]) {
    if ((caps[cap] ?? 0) > 0) next = Math.min(next, zone.nextWindow(at, windowOf[cap]));
  }
  return next;
}
