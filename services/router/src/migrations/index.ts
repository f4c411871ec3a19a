import type { MigrationClass } from '@lead-rotator/postgres';
import { CreateLeadTables1764118800000 } from './create-lead-tables.ts';
import { CreateOwnedLeads1763857210000 } from './create-owned-leads.ts';
import { CreateRuleDrafts1764122400000 } from './create-rule-drafts.ts';

/** Needs the log's migrations before it (the services' role). */
export const routerMigrations: readonly MigrationClass[] = [
  CreateOwnedLeads1763857210000,
  CreateLeadTables1764118800000,
  CreateRuleDrafts1764122400000,
];
