import type { MigrationClass } from '@lead-rotator/postgres';
import { CreateDeadlineTables1763857200000 } from './create-deadline-tables.ts';
import { CreateDeadlineWarnings1764118900000 } from './create-deadline-warnings.ts';
import { ExtendWaitingLeads1764131000000 } from './extend-waiting-leads.ts';
import { IndexWaitingLeads1764226800000 } from './index-waiting-leads.ts';

/** Needs the migrations of the log and of the read models before it. */
export const slaMigrations: readonly MigrationClass[] = [
  CreateDeadlineTables1763857200000,
  CreateDeadlineWarnings1764118900000,
  ExtendWaitingLeads1764131000000,
  IndexWaitingLeads1764226800000,
];
