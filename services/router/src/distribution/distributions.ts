import type { Projection } from '@lead-rotator/command-handling';
import type { EventLog } from '@lead-rotator/event-log';
import type { EpochMilliseconds, EventContext } from '@lead-rotator/event-sourcing';
import type { Distribution } from '@lead-rotator/rotation';
import { Refused } from '@lead-rotator/service-host';
import { anybody, type Right, refusalFor } from '../access/rights.ts';

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
   * Of the organization of who asks, with everything that was in the log when this was called; to be read at once and
   * not changed. `at`: the time of the answer.
   * @throws Refused: `not-allowed`; LogUnavailable, LogReplaced, or the fault that the projection stands still at.
   */
  async current(
    { organizationId, actor }: EventContext,
    right: Right = anybody,
  ): Promise<{ distribution: Distribution; at: EpochMilliseconds }> {
    await this.projection.catchUp(await this.log.head());
    const distribution = this.projection.stateOf(organizationId);
    const refusal = refusalFor(actor, distribution, right);
    if (refusal !== undefined) throw new Refused(refusal);
    return { distribution, at: Math.max(this.clock(), this.projection.newestAt) };
  }
}
