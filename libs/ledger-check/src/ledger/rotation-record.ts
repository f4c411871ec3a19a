import type { Caps, RotationId, RotationSettings, StrategyType } from '@lead-rotator/lead-events';
import type { LocalTime } from './local-time.ts';
import type { MemberRecord } from './member-record.ts';
import { RoundRobinLine } from './round-robin-line.ts';

/** What the log says of a rotation so far. */
export class RotationRecord {
  readonly line = new RoundRobinLine();
  /** Members who left, for their counts. */
  readonly former = new Map<string, MemberRecord>();
  /** Extra turns owed (makeUp: all), the oldest first. */
  extras: MemberRecord[] = [];
  /** Turns so far. */
  turns = 0;
  time: LocalTime | undefined = undefined;

  constructor(
    readonly rotationId: RotationId,
    public on: boolean,
    public settings: RotationSettings,
  ) {}

  get strategy(): StrategyType {
    return this.settings.strategy?.type ?? 'round-robin';
  }

  get members(): readonly MemberRecord[] {
    return this.line.list;
  }

  /** A member's own cap stands before the rotation's, also if it is 0. */
  capsOf(member: MemberRecord): Caps | undefined {
    const own = member.settings.caps;
    const common = this.settings.caps;
    if (own === undefined || common === undefined) return own ?? common;
    return { ...common, ...own };
  }
}
