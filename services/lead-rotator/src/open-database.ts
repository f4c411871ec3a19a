import { join, resolve } from 'node:path';
import { startEmbeddedPostgres } from '@lead-rotator/postgres';
import type { Logger, Settings } from '@lead-rotator/service-host';
import { findRunningDatabase, publishAddress, withdrawAddress } from './database-address.ts';
import { blaming } from './in-words.ts';

export interface OpenDatabase {
  readonly url: string;
  /** Stops the server if this process has started it. */
  close(): Promise<void>;
}

const nothingToClose = async () => {};

/**
 * The PostgreSQL of the log: the one that is set, else the embedded one of the home folder. That is started unless
 * another process runs it already, as when a command is called beside a running `serve`. Started again if it is killed.
 */
export async function openDatabase(settings: Settings, logger: Logger): Promise<OpenDatabase> {
  if (settings.databaseUrl !== undefined) return { url: settings.databaseUrl, close: nothingToClose };
  const home = resolve(settings.leadRotatorHome);
  const running = await findRunningDatabase(home);
  if (running !== undefined) return { url: running, close: nothingToClose };
  const server = await blaming('the embedded PostgreSQL in LEAD_ROTATOR_HOME', () =>
    startEmbeddedPostgres({
      dataDir: join(home, 'postgres'),
      onEnded: (reason) => logger.error({ reason }, 'the embedded PostgreSQL is down'),
    }),
  );
  publishAddress(home, server.url);
  return {
    url: server.url,
    async close() {
      withdrawAddress(home);
      await server.stop();
    },
  };
}
