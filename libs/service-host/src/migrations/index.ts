import type { MigrationClass } from '@lead-rotator/postgres';
import { CreateApiKeys1764119000000 } from './create-api-keys.ts';

/** Needs the log's migrations before it (the services' role). */
export const accessMigrations: readonly MigrationClass[] = [CreateApiKeys1764119000000];
