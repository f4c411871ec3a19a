import type { EventBus } from '@lead-rotator/event-bus';
import type { PostgresEventLog } from '@lead-rotator/event-log';
import { createPool } from '@lead-rotator/postgres';
import { createLogger, parseSettings } from '@lead-rotator/service-host';
import type pg from 'pg';
import { openBus } from './open-bus.ts';
import { openLog } from './open-log.ts';

/** What a command of an operator works on; opened when asked for, closed all together. */
export interface OperatorTools {
  readonly log: PostgresEventLog;
  /** As the owner of the tables: the hash chain is not for the services. */
  readonly pool: pg.Pool;
  openBus(): Promise<EventBus>;
}

/** Runs a command against the log and bus that the settings name. Its output is the command's: messages go to standard error. */
export async function withOperatorTools<Result>(
  command: string,
  work: (tools: OperatorTools) => Promise<Result>,
): Promise<Result> {
  const settings = parseSettings(process.env);
  const logger = createLogger(settings.logLevel, command, process.stderr);
  const { log, databaseUrl, close } = await openLog(settings, `lead-rotator ${command}`);
  const pool = createPool({ url: databaseUrl, applicationName: `lead-rotator ${command}` });
  let bus: EventBus | undefined;
  try {
    return await work({
      log,
      pool,
      async openBus() {
        bus ??= await openBus(settings, databaseUrl, logger);
        return bus;
      },
    });
  } finally {
    await bus?.close();
    await pool.end();
    await close();
  }
}
