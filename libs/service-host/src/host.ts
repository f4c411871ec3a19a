import type { EventBus } from '@lead-rotator/event-bus';
import type { ContactDirectory, EventLog } from '@lead-rotator/event-log';
import type { Pool } from 'pg';
import type { Registry } from 'prom-client';
import type { Health } from './health.ts';
import type { Logger } from './logger.ts';
import type { MonotonicClock } from './monotonic-clock.ts';
import type { Settings } from './settings.ts';

/** Where tables beside the log are, in the same database: read models and leases. */
export interface Database {
  readonly url: string;
  /** Under the services' role. */
  readonly pool: Pool;
}

/** What the services of one process share. */
export interface Host {
  readonly settings: Settings;
  readonly logger: Logger;
  readonly log: EventLog;
  readonly contacts: ContactDirectory;
  readonly database: Database;
  readonly bus: EventBus;
  readonly clock: MonotonicClock;
  readonly health: Health;
  readonly metrics: Registry;
}

/* What the interfaces among them are injected by; the classes (MonotonicClock, Health, Settings) stand for themselves. */
export const EVENT_LOG = Symbol('EVENT_LOG');
export const CONTACT_DIRECTORY = Symbol('CONTACT_DIRECTORY');
export const DATABASE = Symbol('DATABASE');
export const EVENT_BUS = Symbol('EVENT_BUS');
export const LOGGER = Symbol('LOGGER');
export const METRICS = Symbol('METRICS');
