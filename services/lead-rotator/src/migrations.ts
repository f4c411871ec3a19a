import { commandHandlingMigrations } from '@lead-rotator/command-handling';
import { eventBusMigrations } from '@lead-rotator/event-bus';
import { eventLogMigrations } from '@lead-rotator/event-log';
import { notificationMigrations } from '@lead-rotator/notification';
import { readModelMigrations } from '@lead-rotator/read-models';
import { routerMigrations } from '@lead-rotator/router';
import { accessMigrations } from '@lead-rotator/service-host';
import { slaMigrations } from '@lead-rotator/sla';

/** Everything that is a table; the log's come first, since they make the services' role. */
export const migrations = [
  ...eventLogMigrations,
  ...eventBusMigrations,
  ...readModelMigrations,
  ...commandHandlingMigrations,
  ...accessMigrations,
  ...routerMigrations,
  ...slaMigrations,
  ...notificationMigrations,
];
