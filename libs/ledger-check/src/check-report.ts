import type { Position } from '@lead-rotator/event-sourcing';
import type { Fault, Warning } from './fault.ts';
import type { FaultKind, WarningKind } from './fault-kinds.ts';
import type { GroupLag } from './topic/check-offsets.ts';
import type { TopicFigures } from './topic/events-on-topic.ts';

/** What the check has found. No faults: nothing was lost, doubled or out of turn up to `head`. */
export interface CheckReport {
  readonly logId: string;
  /** Everything up to here was looked at. */
  readonly head: Position;
  /** The first of each kind, up to `listedPerKind`; `faultCounts` has them all. */
  readonly faults: readonly Fault[];
  readonly faultCounts: Readonly<Partial<Record<FaultKind, number>>>;
  readonly warnings: readonly Warning[];
  readonly warningCounts: Readonly<Partial<Record<WarningKind, number>>>;
  /** Absent if no topic was checked. */
  readonly topic?: TopicFigures;
  readonly groups: readonly GroupLag[];
  /** Rows compared, by read model. */
  readonly readModels: Readonly<Record<string, number>>;
  /** Hash of the newest batch; absent if the chain was not checked or the log is empty. */
  readonly headHash?: string;
}
