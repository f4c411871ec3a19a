import type { EventLog } from '@lead-rotator/event-log';
import { LeadTablesProjection } from './lead-tables/lead-tables.projection.ts';

/** The tables that this service makes from the log, so that the ledger check can make them again and compare. */
export const routerTables = (log: Pick<EventLog, 'readByTags'>) => [
  {
    projection: new LeadTablesProjection(log),
    tables: ['owned_leads', 'former_assignments', 'unassigned_leads', 'notices'],
  },
];
