import type { MigrationClass } from '@lead-rotator/postgres';
import { CreateNotifications1764176400000 } from './create-notifications.ts';

/** Needs the migrations of the log before it, which make the services' role. */
export const notificationMigrations: readonly MigrationClass[] = [CreateNotifications1764176400000];
