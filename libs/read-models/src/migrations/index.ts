import type { MigrationClass } from '@lead-rotator/postgres';
import { CreateProjectionCursors1763857000000 } from './create-projection-cursors.ts';

/** Needs the log's migrations before it (the services' role). */
export const readModelMigrations: readonly MigrationClass[] = [CreateProjectionCursors1763857000000];
