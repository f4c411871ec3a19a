import { eventBusMigrations, LocalEventBus } from '@lead-rotator/event-bus';
import { eventLogMigrations, PostgresEventLog } from '@lead-rotator/event-log';
import { defaultOrganization } from '@lead-rotator/event-sourcing';
import { CuttingProxy, createPool, createTestDatabase, serviceRole } from '@lead-rotator/postgres';
import {
  ApiKeys,
  accessMigrations,
  createLogger,
  Health,
  MonotonicClock,
  parseSettings,
  startServices,
  topicsToCreate,
} from '@lead-rotator/service-host';
import { Registry } from 'prom-client';
import { intake } from '../intake.module.ts';

/** Intake as it is served, on a PostgreSQL and a local bus; between it and the log stands a proxy that can be cut. */
export async function startIntake() {
  const database = await createTestDatabase([...eventLogMigrations, ...eventBusMigrations, ...accessMigrations]);
  const { proxy, url } = await CuttingProxy.before(database.url);
  const options = { applicationName: 'intake of the tests', role: serviceRole };
  const log = new PostgresEventLog({ ...options, url });
  const bus = new LocalEventBus({ ...options, url: database.url, log });
  const pool = createPool({ ...options, url: database.url });
  const settings = parseSettings({ PORT: '0' });
  await bus.ensureTopics(topicsToCreate(settings));
  const running = await startServices([intake], {
    settings,
    logger: createLogger('silent', 'intake'),
    log,
    contacts: log.contacts,
    database: { url: database.url, pool },
    bus,
    clock: new MonotonicClock(),
    health: new Health(),
    metrics: new Registry(),
  });
  const keys = new ApiKeys(pool);
  return {
    url: running.url,
    key: (await keys.create(defaultOrganization, { kind: 'admin' })).key,
    keyOfUser: (await keys.create(defaultOrganization, { kind: 'user', subject: 'ann' })).key,
    keyOfSource: (await keys.create(defaultOrganization, { kind: 'source', subject: 'facebook' })).key,
    log,
    bus,
    /** From now on the log is away. */
    takeLogAway: () => proxy.close(),
    async stop() {
      await running.close();
      await Promise.all([bus.close(), log.close(), pool.end()]);
      proxy.close();
      await database.drop();
    },
  };
}
