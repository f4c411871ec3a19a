import { fileURLToPath } from 'node:url';
import { describe, expect, it } from '@jest/globals';
import { runCommand } from '@lead-rotator/test-cluster';

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
  }, 120_000);

  it('prints one line a file with --json, however many files there are', async () => {
    const files = Array.from({ length: 12 }, () => scenario('claiming'));
    const { exitCode, output } = await runCommand(['simulate', '--json', ...files], {});
    const lines = output.trim().split('\n');
    expect({ exitCode, lines: lines.length }).toEqual({ exitCode: 0, lines: 12 });
    for (const line of lines) expect(JSON.parse(line)).toMatchObject({ passed: true });
  }, 120_000);

  it('says what cannot be understood, and exits with 2', async () => {
    const { exitCode, output } = await runCommand(['simulate', '--log', 'nowhere.yaml'], {});
    expect({ exitCode, output }).toEqual({ exitCode: 2, output: expect.stringContaining('nowhere.yaml') });
  }, 120_000);
});
