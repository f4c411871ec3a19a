import type { AwayPeriod, Caps, UserId } from '@lead-rotator/lead-events';
import type { LocalTime } from './local-time.ts';
import { TurnCounts } from './turn-counts.ts';
import type { WorkingHours } from './working-hours.ts';

/** What the log says of a user so far. */
export class UserRecord {
  active = true;
  switchedOn = true;
  time: LocalTime | undefined = undefined;
  hours: WorkingHours | undefined = undefined;
  away: readonly AwayPeriod[] = [];
  /** Over all rotations. */
  caps: Caps = {};
  /** 0: no limit. */
  maxOpen = 0;
  attributes: Readonly<Record<string, unknown>> = {};
  /** Leads owned that are neither won nor lost. */
  open = 0;
  readonly turns = new TurnCounts();

  constructor(readonly userId: UserId) {}
}
