import type { Projection } from '@lead-rotator/command-handling';
import type { EventLog } from '@lead-rotator/event-log';
import type { EpochMilliseconds, OrganizationId } from '@lead-rotator/event-sourcing';
import type { Distribution } from '@lead-rotator/rotation';

/** What `Projection<Distribution>` is injected by. */
export const DISTRIBUTION = Symbol('DISTRIBUTION');

/** Users and rotations as they stand in the log now. */
export class Distributions {
  constructor(
    private readonly log: EventLog,
    private readonly projection: Projection<Distribution>,
    private readonly clock: () => EpochMilliseconds,
  ) {}

  /**
   * Of an organization, with everything that was in the log when this was called; to be read at once and not changed.
   * `at`: the time of the answer.
   * @throws LogUnavailable, LogReplaced, or the fault that the projection stands still at.
   */
  async current(organizationId: OrganizationId): Promise<{ distribution: Distribution; at: EpochMilliseconds }> {
    await this.projection.catchUp(await this.log.head());
    return {
      distribution: this.projection.stateOf(organizationId),
      at: Math.max(this.clock(), this.projection.newestAt),
    };
  }
}
