import type { MigrationClass } from '@lead-rotator/postgres';
import { CreateBus1763857000000 } from './create-bus.ts';

/** The bus's migrations, in order; they come after those of the log, which make the services' role. */
export const eventBusMigrations: readonly MigrationClass[] = [CreateBus1763857000000];
