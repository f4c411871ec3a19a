import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable, Writable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { claimFolder, FolderInUse, leaveFolder } from './folder-owner.ts';

const module = pathToFileURL(join(import.meta.dirname, 'folder-owner.ts')).href;

type Claimant = ChildProcessByStdio<Writable, Readable, Readable>;

describe('a folder that one process owns at a time', () => {
  let folder: string;
  let claimants: Claimant[];
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'lead-rotator-owner-'));
    claimants = [];
  });
  afterEach(async () => {
    for (const claimant of claimants) {
      claimant.kill('SIGKILL');
      if (claimant.exitCode === null && claimant.signalCode === null) await once(claimant, 'exit');
    }
    rmSync(folder, { recursive: true, force: true });
  });

  /** Ready to claim: does so when it is written to, says what came of it, and stays. */
  async function startClaimant(): Promise<Claimant> {
    const program = `
      const { claimFolder } = await import(${JSON.stringify(module)});
      process.stderr.end('ready');
      process.stdin.once('data', () => {
        try { claimFolder(${JSON.stringify(folder)}); process.stdout.end('owner'); }
        catch (error) { process.stdout.end(error.name); }
      });`;
    const claimant = spawn(process.execPath, ['--input-type=module', '-e', program], { stdio: 'pipe' });
    claimants.push(claimant);
    expect(await text(claimant.stderr)).toBe('ready');
    return claimant;
  }

  const claim = (claimant: Claimant): Promise<string> => {
    claimant.stdin.write('now');
    return text(claimant.stdout);
  };

  it('is never given to two of those that try at once when its owner is gone', async () => {
    for (let round = 0; round < 3; round += 1) {
      writeFileSync(join(folder, 'owner.4194305'), '');
      const several = await Promise.all(Array.from({ length: 4 }, startClaimant));
      const said = await Promise.all(several.map(claim));
      const owners = several.filter((_, index) => said[index] === 'owner').map(({ pid }) => `owner.${pid}`);
      expect(owners.length).toBeLessThanOrEqual(1);
      expect(said.filter((word) => word === 'FolderInUse')).toHaveLength(4 - owners.length);
      expect(readdirSync(folder).filter((name) => name !== 'owner.4194305')).toEqual(owners);
      for (const one of several) one.kill();
      await Promise.all(several.map((one) => one.exitCode ?? once(one, 'exit')));
    }
  }, 60_000);

  it('is not taken from somebody who wants it at the same moment', async () => {
    const other = await startClaimant();
    writeFileSync(join(folder, `owner.${other.pid}`), '');
    expect(() => claimFolder(folder)).toThrow(`in use by process ${other.pid}`);
    expect(readdirSync(folder)).toEqual([`owner.${other.pid}`]);
  });

  it('is free when the number of its owner belongs to another process now', async () => {
    const other = await startClaimant();
    writeFileSync(join(folder, `owner.${other.pid}`), 'another start');
    claimFolder(folder);
    expect(readdirSync(folder)).toEqual([`owner.${process.pid}`]);
    leaveFolder(folder);
  });

  it('is refused while its owner runs, and free when it was given back', async () => {
    claimFolder(folder);
    claimFolder(folder);
    expect(await claim(await startClaimant())).toBe('FolderInUse');
    leaveFolder(folder);
    expect(await claim(await startClaimant())).toBe('owner');
    expect(() => claimFolder(folder)).toThrow(FolderInUse);
  });
});
