import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from '@jest/globals';
import { program, runCommand } from '@lead-rotator/test-cluster';

const scenario = (name: string) =>
  fileURLToPath(new URL(`../../../../libs/scenario/scenarios/${name}.yaml`, import.meta.url));

describe('lead-rotator simulate --log', () => {
  it('prints what it prints without, and leaves nothing behind', async () => {
    const files = [scenario('claiming'), scenario('twins')];
    const [plain, onLog] = await Promise.all([
      runCommand(['simulate', ...files], {}),
      runCommand(['simulate', '--log', ...files], {}),
    ]);
    expect(onLog).toEqual(plain);
    expect(onLog.exitCode).toBe(0);
  });

  it('prints one line a file with --json, however many files there are', async () => {
    const files = Array.from({ length: 12 }, () => scenario('claiming'));
    const { exitCode, output } = await runCommand(['simulate', '--json', ...files], {});
    const lines = output.trim().split('\n');
    expect({ exitCode, lines: lines.length }).toEqual({ exitCode: 0, lines: 12 });
    for (const line of lines) expect(JSON.parse(line)).toMatchObject({ passed: true });
  });

  it('answers by its exit status for all files, also when nobody reads on', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'simulate-unread-'));
    const long = join(folder, 'long.yaml');
    const wrong = join(folder, 'wrong.yaml');
    writeFileSync(long, 'users: [ann]\nsteps: [{ leads: { count: 20000, every: 1s, prefix: L } }]\n');
    writeFileSync(wrong, 'users: [ann]\nsteps: [{ lead: L1 }]\nexpect: { owners: { L1: bob } }\n');
    try {
      const child = spawn(process.execPath, [program, 'simulate', long, wrong], {
        stdio: ['ignore', 'pipe', 'ignore'],
      });
      child.stdout.once('data', () => child.stdout.destroy());
      const [exitCode] = (await once(child, 'exit')) as [number];
      expect(exitCode).toBe(1);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it('says what cannot be understood, and exits with 2', async () => {
    const { exitCode, output } = await runCommand(['simulate', '--log', 'nowhere.yaml'], {});
    expect({ exitCode, output }).toEqual({ exitCode: 2, output: expect.stringContaining('nowhere.yaml') });
  });
});
