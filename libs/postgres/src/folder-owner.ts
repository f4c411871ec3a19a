import { linkSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { isRunning, readPid } from './leftover-server.ts';

/** Another process that still runs has the folder. */
export class FolderInUse extends Error {
  override readonly name = 'FolderInUse';
}

const ownerOf = (folder: string) => join(folder, 'owner.pid');

/**
 * Makes this process the owner of the folder until it gives it back or ends; of several that try at once one is heard.
 * @throws FolderInUse
 */
export function claimFolder(folder: string): void {
  const file = ownerOf(folder);
  const owner = readPid(file);
  if (owner === process.pid) return;
  const inUse = (by: string) =>
    new FolderInUse(`${folder} is in use by ${by}: stop that one, or choose another folder`);
  if (owner !== undefined && isRunning(owner, basename(process.execPath))) throw inUse(`process ${owner}`);
  const mine = `${file}.${process.pid}`;
  // What a process that is gone has left is taken away under a name of ours: it may be another's by now.
  if (tryTo('ENOENT', () => renameSync(file, mine)) && readPid(mine) !== owner) {
    renameSync(mine, file);
    throw inUse('another process');
  }
  writeFileSync(mine, `${process.pid}\n`);
  try {
    if (!tryTo('EEXIST', () => linkSync(mine, file))) throw inUse('another process');
  } finally {
    rmSync(mine, { force: true });
  }
}

/** Gives the folder back. */
export function leaveFolder(folder: string): void {
  if (readPid(ownerOf(folder)) === process.pid) rmSync(ownerOf(folder), { force: true });
}

/** False when it fails with that code. */
function tryTo(code: string, work: () => void): boolean {
  try {
    work();
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === code) return false;
    throw error;
  }
}
