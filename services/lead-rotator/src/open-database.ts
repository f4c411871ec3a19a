import { accessSync, constants } from 'node:fs';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type EmbeddedPostgres, FolderInUse, startEmbeddedPostgres } from '@lead-rotator/postgres';
import type { Logger, Settings } from '@lead-rotator/service-host';
import { findRunningDatabase, publishAddress, withdrawAddress } from './database-address.ts';
import { blaming } from './in-words.ts';

export interface OpenDatabase {
  readonly url: string;
  /** Stops the server if this process has started it. */
  close(): Promise<void>;
}

type Start = (port?: number) => Promise<EmbeddedPostgres>;

const nothingToClose = async () => {};
/** Milliseconds, of one length for nobody: who claims the folder at the same moment as another is refused with it. */
const aMoment = (): number => 500 + 1_000 * Math.random();

/** For an owner that ends, and takes its server along. */
const patienceMilliseconds = 20_000;

/**
 * The PostgreSQL of the log: the one that is set, else the embedded one of the home folder. That is started unless
 * another process runs it already, as when a command is called beside a running `serve`. Started again if it is killed,
 * and by who serves also when the process that ran it ends.
 * @throws Error for who operates where nobody has served yet.
 */
export async function openDatabase(
  settings: Settings,
  logger: Logger,
  purpose: 'serve' | 'operate',
): Promise<OpenDatabase> {
  if (settings.databaseUrl !== undefined) return { url: settings.databaseUrl, close: nothingToClose };
  const home = resolve(settings.leadRotatorHome);
  const dataDir = join(home, 'postgres');
  const start: Start = async (port) => {
    const onEnded = (reason: string) => logger.error({ reason }, 'the embedded PostgreSQL is down');
    const server = await startEmbeddedPostgres({ dataDir, ...(port === undefined ? {} : { port }), onEnded });
    publishAddress(home, server.url);
    return server;
  };
  const limit = Date.now() + patienceMilliseconds;
  for (;;) {
    const running = await findRunningDatabase(home);
    if (running !== undefined && purpose === 'operate') return { url: running, close: nothingToClose };
    if (running !== undefined) return succeeding(running, home, start, logger);
    if (purpose === 'operate') requireLog(home, dataDir);
    try {
      const server = await blaming('the embedded PostgreSQL in LEAD_ROTATOR_HOME', () => start());
      return { url: server.url, close: () => stop(home, server) };
    } catch (error) {
      if (!isInUse(error) || Date.now() > limit) throw error;
      await sleep(aMoment());
    }
  }
}

function requireLog(home: string, dataDir: string): void {
  try {
    accessSync(dataDir, constants.R_OK | constants.W_OK);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    const remedy = 'set LEAD_ROTATOR_HOME or DATABASE_URL, or make one by `lead-rotator serve all`';
    throw new Error(`there is no log in ${home}: ${remedy}`, { cause: error });
  }
}

/** The server of another process; when that has ended, one of our own at the same address. */
function succeeding(url: string, home: string, start: Start, logger: Logger): OpenDatabase {
  logger.info('the embedded PostgreSQL of another process is used; it is started again here when that one ends');
  const port = Number(new URL(url).port);
  const stopping = new AbortController();
  const { signal } = stopping;
  let own: EmbeddedPostgres | undefined;
  const watching = (async () => {
    while (own === undefined) {
      await sleep(aMoment(), undefined, { signal, ref: false }).catch(() => {});
      if (signal.aborted) return;
      if ((await findRunningDatabase(home)) !== undefined) continue;
      try {
        own = await start(port);
        logger.info('the embedded PostgreSQL is run by this process now');
      } catch (error) {
        if (!isInUse(error)) logger.error({ err: error }, 'the embedded PostgreSQL cannot be started');
      }
    }
  })();
  return {
    url,
    async close() {
      stopping.abort();
      await watching;
      if (own !== undefined) await stop(home, own);
    },
  };
}

async function stop(home: string, server: EmbeddedPostgres): Promise<void> {
  withdrawAddress(home);
  await server.stop();
}

const isInUse = (error: unknown): boolean =>
  error instanceof FolderInUse || (error instanceof Error && error.cause instanceof FolderInUse);
