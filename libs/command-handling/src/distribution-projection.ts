import type { EventLog } from '@lead-rotator/event-log';
import { eventDefinitions, readEvent } from '@lead-rotator/lead-events';
import {
  Distribution,
  type DistributionSnapshot,
  distributionEventTypes,
  distributionOf,
  evolveDistribution,
  snapshotOf,
} from '@lead-rotator/rotation';
import { Projection, type ProjectionDefinition } from './projection.ts';
import type { Snapshots } from './snapshots/snapshots.ts';

/** What the snapshots of this projection are kept under. */
export const distributionSnapshots = 'distribution';

const read: ReadonlySet<string> = new Set(distributionEventTypes);

/** Users, rotations and turns of every organization, as they stand in the log: what router and SLA service decide from. */
export function distributionProjection(
  log: Pick<EventLog, 'id' | 'read'>,
  snapshots?: Snapshots,
): Projection<Distribution> {
  const definition: ProjectionDefinition<Distribution> = {
    initialState: () => new Distribution(),
    evolve: (state, event) => evolveDistribution(state, readEvent(event)),
    // Left out by name: a type that this copy does not know is read, and stops it.
    exceptTypes: Object.keys(eventDefinitions).filter((type) => !read.has(type)),
    snapshot: { take: snapshotOf, restore: (taken) => distributionOf(taken as DistributionSnapshot) },
  };
  return new Projection(log, definition, snapshots);
}
