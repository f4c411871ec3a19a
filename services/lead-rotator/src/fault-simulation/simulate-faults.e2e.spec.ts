import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from '@jest/globals';
import { programFlags } from '@lead-rotator/test-cluster';

const program = fileURLToPath(new URL('../../dist/fault-simulation/main.js', import.meta.url));
const seeds = 2_000;
const minute = 60_000;

describe('the simulation of faults, as it is run by command', () => {
  it(
    `finds nothing wrong in ${seeds} seeds`,
    async () => {
      const output = await new Promise<string>((resolve) => {
        execFile(process.execPath, [...programFlags, program, '--seeds', String(seeds)], (_error, stdout, stderr) => {
          resolve(stdout + stderr);
        });
      });
      process.stdout.write(output);
      expect(output).toMatch(new RegExp(`^${seeds} seeds from 1 on, .* failed: 0\n$`));
    },
    10 * minute,
  );
});
