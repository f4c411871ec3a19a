import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { type EmbeddedPostgres, startEmbeddedPostgres } from './embedded-postgres.ts';
import { isRunning, readNumber } from './leftover-server.ts';

describe('an embedded PostgreSQL', () => {
  let folder: string;
  let dataDir: string;
  let running: EmbeddedPostgres[];

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'lead-rotator-embedded-'));
    dataDir = join(folder, 'postgres');
    running = [];
  });
  afterEach(async () => {
    await Promise.all(running.map((server) => server.stop()));
    rmSync(folder, { recursive: true, force: true });
  });

  async function start(): Promise<EmbeddedPostgres> {
    const server = await startEmbeddedPostgres({ dataDir });
    running.push(server);
    return server;
  }

  async function query(server: EmbeddedPostgres, text: string): Promise<unknown[]> {
    const client = new pg.Client({ connectionString: server.url });
    await client.connect();
    try {
      return (await client.query(text)).rows;
    } finally {
      await client.end();
    }
  }

  it('keeps its data from one start to the next, and is durable', async () => {
    const first = await start();
    await query(first, 'create table kept as select 42 as answer');
    await first.stop();
    const second = await start();
    expect(await query(second, 'select answer from kept')).toEqual([{ answer: 42 }]);
    expect(await query(second, 'show fsync')).toEqual([{ fsync: 'on' }]);
    expect(await query(second, 'show synchronous_commit')).toEqual([{ synchronous_commit: 'on' }]);
  });

  it('is made anew beside what a start that was killed has left unfinished', async () => {
    const leftover = join(dataDir, 'data.unfinished.1');
    mkdirSync(leftover, { recursive: true });
    writeFileSync(join(leftover, 'PG_VERSION'), '18');
    const server = await start();
    expect(await query(server, 'select 1 as one')).toEqual([{ one: 1 }]);
    expect(readdirSync(dataDir).filter((name) => name.startsWith('data.'))).toEqual([]);
  });

  it('leaves its folder to others when it does not start', async () => {
    await expect(startEmbeddedPostgres({ dataDir, settings: { unheard_of: '1' } })).rejects.toThrow('did not start');
    expect(readdirSync(dataDir).filter((name) => name.startsWith('owner'))).toEqual([]);
    await start();
  });

  it('is gone when it was stopped', async () => {
    const server = await start();
    expect(isRunning(server.pid, 'postgres')).toBe(true);
    await server.stop();
    expect(isRunning(server.pid, 'postgres')).toBe(false);
  });

  it('ends when its owner is killed, and the next one finds the data', async () => {
    const module = pathToFileURL(join(import.meta.dirname, 'embedded-postgres.ts'));
    const program = `
      const { startEmbeddedPostgres } = await import(${JSON.stringify(module.href)});
      await startEmbeddedPostgres({ dataDir: ${JSON.stringify(dataDir)} });
      console.log('ready');
      setInterval(() => {}, 1000);`;
    const owner = spawn(process.execPath, ['--input-type=module', '-e', program], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    await once(owner.stdout, 'data');
    await expect(start()).rejects.toThrow(`in use by process ${owner.pid}`);
    owner.kill('SIGKILL');
    await once(owner, 'exit');
    const server = await start();
    expect(await query(server, 'select 1 as one')).toEqual([{ one: 1 }]);
  });

  it('is started again where it was when it is killed, if there is somebody to tell, and then stops as ever', async () => {
    const reasons: string[] = [];
    const server = await startEmbeddedPostgres({ dataDir, onEnded: (reason) => void reasons.push(reason) });
    running.push(server);
    await query(server, 'create table kept as select 42 as answer');
    for (let kill = 1; kill <= 2; kill += 1) {
      const killed = server.pid;
      process.kill(killed, 'SIGKILL');
      const answer = () => query(server, 'select answer from kept').catch(() => sleep(50));
      let answered = await answer();
      while (answered === undefined || server.pid === killed) answered = await answer();
      expect(answered).toEqual([{ answer: 42 }]);
    }
    // A kill in the middle of a start is told as that start's failure.
    expect(reasons.length).toBeGreaterThanOrEqual(2);
    expect(reasons[0]).toBe('the server has ended by itself and is started again');
    const { pid } = server;
    await server.stop();
    expect(isRunning(pid, 'postgres')).toBe(false);
  });

  it('starts where a crash has left a lock file whose process number another program has now', async () => {
    const first = await start();
    await first.stop();
    writeFileSync(join(dataDir, 'data', 'postmaster.pid'), `${process.pid}\n${dataDir}/data\n`);
    const second = await start();
    expect(readNumber(join(dataDir, 'data', 'postmaster.pid'))).toBe(second.pid);
  }, 60_000);
});
