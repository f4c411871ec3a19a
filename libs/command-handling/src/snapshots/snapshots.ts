import type { LogId } from '@lead-rotator/event-log';
import type { EpochMilliseconds, OrganizationId, Position } from '@lead-rotator/event-sourcing';

/** What a projection knows at one position of the log. */
export interface Snapshot {
  readonly position: Position;
  readonly newestAt: EpochMilliseconds;
  /** As plain data. */
  readonly states: ReadonlyMap<OrganizationId, unknown>;
}

/** Where a projection's snapshots are kept: the newest one. */
export interface Snapshots {
  /** Undefined: none that was made by this code from this log, and that the log still bears out. */
  load(logId: LogId): Promise<Snapshot | undefined>;

  /** One that is further stays. */
  save(logId: LogId, snapshot: Snapshot): Promise<void>;
}
