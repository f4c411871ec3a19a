import type { EventLog } from '@lead-rotator/event-log';
import { eventDefinitions, readEvent } from '@lead-rotator/lead-events';
import { Distribution, distributionEventTypes, evolveDistribution } from '@lead-rotator/rotation';
import { Projection } from './projection.ts';

const read: ReadonlySet<string> = new Set(distributionEventTypes);

/** Users, rotations and turns of every organization, as they stand in the log: what router and SLA service decide from. */
export function distributionProjection(log: EventLog): Projection<Distribution> {
  return new Projection(log, {
    initialState: () => new Distribution(),
    evolve: (state, event) => evolveDistribution(state, readEvent(event)),
    // Left out by name: a type that this copy does not know is read, and stops it.
    exceptTypes: Object.keys(eventDefinitions).filter((type) => !read.has(type)),
  });
}
