import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';

const minute = 60_000;

/** Starts the product on data of its own, and prints its process and its address. */
const program = `
  const { ServiceProcess } = await import('@lead-rotator/test-cluster');
  const environment = { LEAD_ROTATOR_HOME: process.argv[1], DATABASE_URL: '', KAFKA_BROKERS: '' };
  const { pid, url } = await ServiceProcess.start(['all'], environment);
  console.log(JSON.stringify({ pid, url }));`;

describe('a process of the product that a test has started', () => {
  let home: string;
  let test: ChildProcess;

  beforeEach(() => {
    home = mkdtempSync(join(tmpdir(), 'lead-rotator-guarded-'));
  });

  afterEach(() => {
    test.kill('SIGKILL');
    rmSync(home, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
  });

  it('is gone when the test is killed', async () => {
    const started = spawn(process.execPath, ['--input-type=module', '-e', program, home], {
      cwd: import.meta.dirname,
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    test = started;
    const [line] = (await once(started.stdout, 'data')) as [Buffer];
    const { pid, url } = JSON.parse(line.toString()) as { pid: number; url: string };
    expect((await fetch(`${url}/health/ready`)).status).toBe(200);
    test.kill('SIGKILL');
    const limit = Date.now() + minute;
    while (isThere(pid) && Date.now() < limit) await sleep(50);
    expect(isThere(pid)).toBe(false);
  });
});

function isThere(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
