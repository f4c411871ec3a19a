import type { MigrationClass } from '@lead-rotator/postgres';
import { CreateOwnedLeads1763857210000 } from './create-owned-leads.ts';

/** Needs the log's migrations before it (the services' role). */
export const routerMigrations: readonly MigrationClass[] = [CreateOwnedLeads1763857210000];
