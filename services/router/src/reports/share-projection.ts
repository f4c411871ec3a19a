import { Projection } from '@lead-rotator/command-handling';
import type { EventLog } from '@lead-rotator/event-log';
import { eventDefinitions, readEvent } from '@lead-rotator/lead-events';
import { ShareHistory, shareEventTypes } from './share-history.ts';

const read: ReadonlySet<string> = new Set(shareEventTypes);

/**
 * The shares of every organization, in memory: the first report reads the configuration from the log, the others what
 * came since. A table would have a row for each member and change, to save a read that nobody waits for twice.
 */
export const shareProjection = (log: EventLog): Projection<ShareHistory> =>
  new Projection(log, {
    initialState: () => new ShareHistory(),
    evolve(state, recorded) {
      const event = readEvent(recorded);
      if (read.has(event.type)) state.evolve(event as Parameters<ShareHistory['evolve']>[0]);
      return state;
    },
    exceptTypes: Object.keys(eventDefinitions).filter((type) => !read.has(type)),
  });
