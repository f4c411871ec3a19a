import type { MemberSettings, UserId } from '@lead-rotator/lead-events';
import { TurnCounts } from './turn-counts.ts';

/** A user in a rotation. */
export class MemberRecord {
  paused: boolean;
  /** Of this rotation; kept for one who leaves and returns. */
  turns = new TurnCounts();

  constructor(
    readonly userId: UserId,
    public settings: MemberSettings,
  ) {
    this.paused = settings.paused === true;
  }
}
