import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import {
  chownSync,
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { findFreePort } from '@lead-rotator/local-server';
import pg from 'pg';
import { type Binaries, findBinaries } from './binaries.ts';
import { claimFolder, leaveFolder } from './folder-owner.ts';
import { GuardedServer } from './guarded-server.ts';
import { readNumber, stopLeftover } from './leftover-server.ts';
import { commandAs, type ServerAccount, serverAccount } from './server-account.ts';

export interface EmbeddedPostgresOptions {
  /** Where everything of the server lies: data, password, server log. Made if missing; found again at the next start. */
  readonly dataDir: string;
  /** Default: that of the last start if it is free, so that who was connected finds it again; else a free one. */
  readonly port?: number;
  /** Further settings of the server, over those below. */
  readonly settings?: Readonly<Record<string, string>>;
  /**
   * Told when the server has ended without being stopped (killed for want of memory, say) and again for each failure to
   * start it anew. With it, the server is started again on the same port until that succeeds; without, it stays down.
   */
  readonly onEnded?: (reason: string) => void;
}

export interface EmbeddedPostgres {
  /** The owner's address: it may migrate. */
  readonly url: string;
  readonly port: number;
  /** The server process itself; another one after the server was started again. */
  readonly pid: number;
  /** Ends the connections and stops the server; what was committed is on disk. */
  stop(): Promise<void>;
  /** It does not keep this process from ending any more, and ends with it as before. */
  unref(): void;
}

const user = 'lead_rotator';

/**
 * Durability as PostgreSQL ships it (fsync, synchronous_commit on); room for a log that is mostly appended to. New
 * segments of its write-ahead log are not filled with zeros before use: that held up an append for 27 ms twice a second.
 */
const defaultSettings: Readonly<Record<string, string>> = {
  fsync: 'on',
  synchronous_commit: 'on',
  shared_buffers: '256MB',
  max_wal_size: '4GB',
  wal_init_zero: 'off',
  checkpoint_timeout: '15min',
  max_connections: '200',
  jit: 'off',
  timezone: 'UTC',
  log_timezone: 'UTC',
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
};

/**
 * Starts a PostgreSQL of our own, as root and as an ordinary user, on data that outlives it. It ends with this process
 * however that ends: the server hangs on a pipe to it, and a shell at the other end stops the server when the pipe
 * closes. One process at a time owns a folder; a server that a crashed owner left behind is stopped first.
 */
export async function startEmbeddedPostgres(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  const folder = resolve(options.dataDir);
  const account = serverAccount();
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  if (account !== undefined) chownSync(folder, account.uid, account.gid);
  claimFolder(folder);
  try {
    return await startIn(folder, account, options);
  } catch (error) {
    leaveFolder(folder);
    throw error;
  }
}

/** Starts it in a folder that this process owns. */
async function startIn(
  folder: string,
  account: ServerAccount | undefined,
  options: EmbeddedPostgresOptions,
): Promise<EmbeddedPostgres> {
  const binaries = await findBinaries();
  const data = join(folder, 'data');
  await stopLeftover(data);
  if (!existsSync(data)) await initialise(binaries, folder, data, account);
  const password = readFileSync(join(folder, 'password'), 'utf8').trim();
  const portFile = join(folder, 'port');
  const port = options.port ?? (await findFreePort(readNumber(portFile)));
  writeFileSync(portFile, `${port}\n`);
  const settings = { ...defaultSettings, ...options.settings, port: String(port) };
  const url = `postgres://${user}:${password}@127.0.0.1:${port}`;
  const launch = () =>
    startUntilReady(() => startGuarded(binaries, folder, data, settings, account), `${url}/postgres`, folder);
  const guard = await launch();
  await ensureDatabase(`${url}/postgres`);
  const lockFile = join(data, 'postmaster.pid');
  if (readNumber(lockFile) === undefined) throw new Error(`${lockFile} is missing: the server has ended`);
  const relaunch = async () => {
    await stopLeftover(data);
    return launch();
  };
  const server = new GuardedServer(guard, relaunch, options.onEnded);
  return {
    url: `${url}/${user}`,
    port,
    get pid() {
      return readNumber(lockFile) ?? 0;
    },
    async stop() {
      await server.stop();
      leaveFolder(folder);
    },
    unref: () => server.unref(),
  };
}

/**
 * Makes the data folder under another name first: a crash on the way leaves nothing that looks finished. Under one of
 * this process's own: an initdb whose process was killed goes on for a moment, and cleans up when it fails.
 */
async function initialise(binaries: Binaries, folder: string, data: string, account: ServerAccount | undefined) {
  const unfinished = `${data}.unfinished.${process.pid}`;
  removeUnfinished(folder);
  const passwordFile = join(folder, 'password');
  writeFileSync(passwordFile, `${randomBytes(18).toString('base64url')}\n`, { mode: 0o600 });
  if (account !== undefined) chownSync(passwordFile, account.uid, account.gid);
  const command = [binaries.initdb, `--pgdata=${unfinished}`, `--username=${user}`, `--pwfile=${passwordFile}`];
  command.push('--auth=scram-sha-256', '--encoding=UTF8', '--locale=C', '--no-instructions');
  const child = run(commandAs(account, command, [binaries.initdb, folder]), 'pipe', folder);
  const output: string[] = [];
  for (const stream of [child.stdout, child.stderr])
    stream?.on('data', (chunk: Buffer) => output.push(chunk.toString()));
  const [code] = (await once(child, 'exit')) as [number | null];
  if (code !== 0) throw new Error(`initdb failed (${code}): ${output.join('').trim()}`);
  renameSync(unfinished, data);
}

/** What starts that were killed have left. One that is still being written to is left to the next start. */
function removeUnfinished(folder: string): void {
  for (const name of readdirSync(folder)) {
    if (!name.startsWith('data.unfinished')) continue;
    try {
      rmSync(join(folder, name), { recursive: true, force: true });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOTEMPTY') throw error;
    }
  }
}

/** glibc keeps what a call has used for the next one, in place of giving it back and asking again: 3 % of an append. */
const allocatorSettings = { MALLOC_TOP_PAD_: '16777216', MALLOC_TRIM_THRESHOLD_: '67108864' };

/** Ends the server by a fast shutdown when standard input ends, and itself when the server does. */
const guardScript = `exec 3<&0
"$@" </dev/null & server=$!
{ while read -r _; do :; done <&3; kill -INT $server 2>/dev/null; } & watch=$!
wait $server; code=$?
kill $watch 2>/dev/null
exit $code`;

function startGuarded(
  binaries: Binaries,
  folder: string,
  data: string,
  settings: Readonly<Record<string, string>>,
  account: ServerAccount | undefined,
): ChildProcess {
  const flags = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  const command = ['/bin/sh', '-c', guardScript, 'sh', binaries.postgres, '-D', data, ...flags];
  const log = openSync(join(folder, 'server.log'), 'a', 0o600);
  try {
    // A process group of its own: ctrl-c in the terminal stops us first, and we stop the server last.
    return run(commandAs(account, command, [binaries.postgres, folder]), log, folder);
  } finally {
    closeSync(log);
  }
}

function run(what: ReturnType<typeof commandAs>, output: 'pipe' | number, cwd: string): ChildProcess {
  const [program = '', ...parameters] = what.command;
  const { uid, gid } = what;
  const ids = uid === undefined || gid === undefined ? {} : { uid, gid };
  const env = { ...process.env, ...allocatorSettings };
  return spawn(program, parameters, { cwd, env, detached: true, stdio: ['pipe', output, output], ...ids });
}

/** After a crash of the server its connections' processes end a moment later than it; until then it cannot start again. */
async function startUntilReady(start: () => ChildProcess, url: string, folder: string): Promise<ChildProcess> {
  for (let attempt = 1; ; attempt += 1) {
    const guard = start();
    if (await isReady(url, guard)) return guard;
    const reason = lastLines(join(folder, 'server.log'));
    if (attempt === 40 || !reason.includes('shared memory block'))
      throw new Error(`PostgreSQL did not start: ${reason}`);
    await sleep(250);
  }
}

/** Waits until it answers; false if it ends first. */
async function isReady(url: string, guard: ChildProcess): Promise<boolean> {
  for (let waited = 0; waited < 120_000; waited += 25) {
    if (guard.exitCode !== null || guard.signalCode !== null) return false;
    const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 2_000 });
    client.on('error', () => {});
    try {
      await client.connect();
      await client.end();
      return true;
    } catch {
      await sleep(25);
    }
  }
  guard.stdin?.destroy();
  return false;
}

function lastLines(file: string): string {
  return existsSync(file) ? readFileSync(file, 'utf8').trim().split('\n').slice(-5).join(' | ') : 'no server log';
}

async function ensureDatabase(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const { rowCount } = await client.query('select 1 from pg_database where datname = $1', [user]);
    if (rowCount === 0) await client.query(`create database ${user}`);
  } finally {
    await client.end();
  }
}
