import type { MigrationClass } from '@lead-rotator/postgres';
import { CreateContacts1763856100000 } from './create-contacts.ts';
import { CreateEventLog1763856000000 } from './create-event-log.ts';
import { DateContactIds1763856300000 } from './date-contact-ids.ts';
import { MergeTagPartitions1763856200000 } from './merge-tag-partitions.ts';

/** The log's migrations, in order. */
export const eventLogMigrations: readonly MigrationClass[] = [
  CreateEventLog1763856000000,
  CreateContacts1763856100000,
  MergeTagPartitions1763856200000,
  DateContactIds1763856300000,
];
