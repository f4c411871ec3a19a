import type { MigrationClass } from '@lead-rotator/postgres';
import { CreateSnapshots1764140000000 } from './create-snapshots.ts';

/** Needs the log's migrations before it (the services' role, the batches). */
export const commandHandlingMigrations: readonly MigrationClass[] = [CreateSnapshots1764140000000];
