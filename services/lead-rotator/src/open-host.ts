import type { OffsetLoss } from '@lead-rotator/event-bus';
import type { EpochMilliseconds } from '@lead-rotator/event-sourcing';
import { answerMilliseconds, createPool, serviceRole } from '@lead-rotator/postgres';
import {
  createLogger,
  Health,
  type Host,
  MonotonicClock,
  ServerClock,
  type Settings,
} from '@lead-rotator/service-host';
import type { Pool } from 'pg';
import { Counter, collectDefaultMetrics, Registry } from 'prom-client';
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
  const { log, databaseUrl: url, close } = await openLog(settings, applicationName, logger, 'serve');
  const opened = [close];
  const closeAll = async () => {
    for (const closeOne of opened.splice(0).reverse()) await closeOne();
  };
  try {
    const pool = createPool({ url, applicationName, role: serviceRole, answerMilliseconds });
    opened.push(() => pool.end());
    const onOffsetLoss = countingExpired(metrics);
    const bus = openBus(settings, { log, url, applicationName, logger, onOffsetLoss });
    opened.push(() => bus.close());
    const health = new Health();
    await log.requireSame();
    health.register('log', async () => void (await log.requireSame()));
    const server = await ServerClock.start(() => timeOf(pool));
    opened.push(async () => server.stop());
    const clock = new MonotonicClock(() => server.now());
    return {
      host: { settings, logger, log, contacts: log.contacts, database: { url, pool }, bus, clock, health, metrics },
      close: closeAll,
    };
  } catch (error) {
    await closeAll();
    throw error;
  }
}

function countingExpired(metrics: Registry): (loss: OffsetLoss) => void {
  const expired = new Counter({
    name: 'lead_rotator_messages_expired_total',
    help: 'messages that expired on Kafka before a consumer group of ours had read them',
    labelNames: ['group', 'topic'],
    registers: [metrics],
  });
  return ({ groupId: group, topic, wanted, resumed }) => {
    if (resumed > wanted) expired.inc({ group, topic }, Number(resumed - wanted));
  };
}

async function timeOf(pool: Pool): Promise<EpochMilliseconds> {
  const { rows } = await pool.query<{ now: number }>(
    'select floor(extract(epoch from clock_timestamp()) * 1000)::bigint as now',
  );
  return Number(rows[0]?.now);
}
