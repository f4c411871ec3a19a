import { SlaTablesProjection } from './background/sla-tables.projection.ts';

/** The tables that this service makes from the log, so that the ledger check can make them again and compare. */
export const slaTables = [
  {
    projection: new SlaTablesProjection(() => {}),
    tables: ['open_deadlines', 'waiting_leads', 'claim_warnings', 'deadline_warnings'],
  },
] as const;
