import { BusUnavailable, type EventBus } from '@lead-rotator/event-bus';
import type { PostgresEventLog } from '@lead-rotator/event-log';
import { createPool, serviceRole } from '@lead-rotator/postgres';
import { createLogger, parseSettings, type Settings } from '@lead-rotator/service-host';
import type pg from 'pg';
import { openBus } from './open-bus.ts';
import { openLog } from './open-log.ts';

/** What a command of an operator works on; opened when asked for, closed all together. */
export interface OperatorTools {
  readonly settings: Settings;
  readonly log: PostgresEventLog;
  /** The address under which the log is migrated: it may do more than read and append. */
  readonly ownerUrl: string;
  /** Under the role of the services, which can only read and append. */
  readonly pool: pg.Pool;
  readonly openBus: () => EventBus;
}

/** Runs a command against the log and bus that the settings name. Its output is the command's: messages go to standard error. */
export async function withOperatorTools<Result>(
  command: string,
  work: (tools: OperatorTools) => Promise<Result>,
): Promise<Result> {
  const settings = parseSettings(process.env);
  const logger = createLogger(settings.logLevel, command, process.stderr);
  const applicationName = `lead-rotator ${command}`;
  const { log, databaseUrl: url, close } = await openLog(settings, applicationName, logger, 'operate');
  const pool = createPool({ url, applicationName, role: serviceRole });
  let bus: EventBus | undefined;
  try {
    return await work({
      settings,
      log,
      ownerUrl: url,
      pool,
      openBus() {
        bus ??= openBus(settings, { log, url, applicationName, logger });
        return bus;
      },
    });
  } catch (error) {
    if (!(error instanceof BusUnavailable) || settings.kafkaBrokers === undefined) throw error;
    throw new Error(`KAFKA_BROKERS ${settings.kafkaBrokers.join(', ')}: ${error.message}`, { cause: error });
  } finally {
    await bus?.close();
    await pool.end();
    await close();
  }
}
