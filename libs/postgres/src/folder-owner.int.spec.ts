import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { claimFolder, FolderInUse, leaveFolder } from './folder-owner.ts';

const module = pathToFileURL(join(import.meta.dirname, 'folder-owner.ts')).href;

describe('a folder that one process owns at a time', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'lead-rotator-owner-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  /** Tries at the given moment, says whether it has it, and stays until it is told to end. */
  function startClaimant(at: number) {
    const program = `
      const { claimFolder } = await import(${JSON.stringify(module)});
      while (Date.now() < ${at});
      try { claimFolder(${JSON.stringify(folder)}); process.stdout.end('owner'); }
      catch (error) { process.stdout.end(error.name); }
      process.stdin.resume();`;
    return spawn(process.execPath, ['--input-type=module', '-e', program], { stdio: ['pipe', 'pipe', 'inherit'] });
  }

  it('is given to one of those that try at once when its owner is gone', async () => {
    for (let round = 0; round < 3; round += 1) {
      writeFileSync(join(folder, 'owner.pid'), '4194305\n');
      const claimants = Array.from({ length: 4 }, () => startClaimant(Date.now() + 1_500));
      const said = await Promise.all(claimants.map(({ stdout }) => text(stdout)));
      expect(said.toSorted()).toEqual(['FolderInUse', 'FolderInUse', 'FolderInUse', 'owner']);
      for (const claimant of claimants) claimant.stdin.end();
      await Promise.all(claimants.map((claimant) => claimant.exitCode ?? once(claimant, 'exit')));
      expect(readdirSync(folder)).toEqual(['owner.pid']);
    }
  }, 60_000);

  it('is free when what its last owner has left cannot be read, as after a power cut', () => {
    writeFileSync(join(folder, 'owner.pid'), '');
    claimFolder(folder);
    expect(readFileSync(join(folder, 'owner.pid'), 'utf8')).toBe(`${process.pid}\n`);
  });

  it('is refused while its owner runs, and free when it was given back', async () => {
    claimFolder(folder);
    claimFolder(folder);
    const other = startClaimant(0);
    expect(await text(other.stdout)).toBe('FolderInUse');
    other.kill();
    leaveFolder(folder);
    const next = startClaimant(0);
    expect(await text(next.stdout)).toBe('owner');
    expect(() => claimFolder(folder)).toThrow(FolderInUse);
    next.kill();
  });
});
