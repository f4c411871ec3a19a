import { leadTablesProjection } from './lead-tables/lead-tables.projection.ts';
import { ownedLeadsProjection } from './owned-leads/owned-leads.projection.ts';

/** The tables that this service makes from the log, so that the ledger check can make them again and compare. */
export const routerTables = [
  { projection: ownedLeadsProjection, tables: ['owned_leads'] },
  { projection: leadTablesProjection, tables: ['lead_facts', 'unassigned_leads', 'notices', 'assignments'] },
] as const;
