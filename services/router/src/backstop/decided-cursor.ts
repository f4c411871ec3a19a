import type { LogId } from '@lead-rotator/event-log';
import type { Position } from '@lead-rotator/event-sourcing';

/** Up to which position all captured leads are known to be decided. It saves work and may be behind or lost. */
export interface DecidedCursor {
  load(logId: LogId): Promise<Position>;
  save(logId: LogId, position: Position): Promise<void>;
}
