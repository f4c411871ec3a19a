import { createPool, serviceRole } from '@lead-rotator/postgres';
import { createLogger, Health, type Host, LogClock, type Settings } from '@lead-rotator/service-host';
import { collectDefaultMetrics, Registry } from 'prom-client';
import { openBus } from './open-bus.ts';
import { openLog } from './open-log.ts';

export interface OpenHost {
  readonly host: Host;
  close(): Promise<void>;
}

/** Everything that the services of a process share, opened. `name` is what the process is called in logs and on servers. */
export async function openHost(settings: Settings, name: string): Promise<OpenHost> {
  const logger = createLogger(settings.logLevel, name);
  const metrics = new Registry();
  collectDefaultMetrics({ register: metrics });
  const applicationName = `lead-rotator ${name}`;
  const { log, databaseUrl: url, close } = await openLog(settings, applicationName, logger);
  const pool = createPool({ url, applicationName, role: serviceRole });
  const bus = openBus(settings, { log, url, applicationName, logger });
  const health = new Health();
  health.register('log', async () => void (await log.head()));
  const clock = new LogClock();
  return {
    host: { settings, logger, log, contacts: log.contacts, database: { url, pool }, bus, clock, health, metrics },
    async close() {
      await bus.close();
      await pool.end();
      await close();
    },
  };
}
