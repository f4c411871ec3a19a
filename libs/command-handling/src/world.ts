import type { LeadState } from '@lead-rotator/claim';
import type { EpochMilliseconds, OrganizationId, Position } from '@lead-rotator/event-sourcing';
import type { LeadId } from '@lead-rotator/lead-events';
import type { Distribution } from '@lead-rotator/rotation';

/** What a decision is made from: everything as it stood at one position, and what was decided since on a trial basis. */
export interface World {
  readonly organizationId: OrganizationId;
  /** The log was read up to here. */
  readonly position: Position;
  /** The time of the decision: the later of the clock and the newest event, so that the log never goes back. */
  readonly at: EpochMilliseconds;
  /** A fork: thrown away when the decision is done. */
  readonly distribution: Distribution;
  /** The leads that were asked for, and those of the contacts. */
  readonly leads: ReadonlyMap<LeadId, LeadState>;
}
