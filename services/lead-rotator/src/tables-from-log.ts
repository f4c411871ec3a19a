import type { EventLog } from '@lead-rotator/event-log';
import type { ProjectedTables } from '@lead-rotator/read-models';
import { routerTables } from '@lead-rotator/router';
import { slaTables } from '@lead-rotator/sla';

/** All tables that are made from the log, by the projections that make them. */
export const tablesFromLog = (log: Pick<EventLog, 'readByTags'>): ProjectedTables[] => [
  ...routerTables(log),
  ...slaTables,
];
