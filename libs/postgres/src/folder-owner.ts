import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { isRunning, startOf } from './leftover-server.ts';

/** Another process that still runs has the folder, or wants it at the same moment. */
export class FolderInUse extends Error {
  override readonly name = 'FolderInUse';
}

const owned = new Set<string>();
const claimOf = (folder: string, pid: number): string => join(folder, `owner.${pid}`);

/**
 * Makes this process the owner of the folder until it gives it back or ends. Who claims says so first, in a file of its
 * own, and looks at the others then: of those who claim at once none may be heard, and never two.
 * @throws FolderInUse
 */
export function claimFolder(folder: string): void {
  if (owned.has(folder)) return;
  const mine = claimOf(folder, process.pid);
  writeFileSync(mine, startOf(process.pid));
  for (const pid of claimants(folder)) {
    if (pid === process.pid) continue;
    if (isRunning(pid, basename(process.execPath)) && hasWritten(pid, claimOf(folder, pid))) {
      rmSync(mine, { force: true });
      throw new FolderInUse(`${folder} is in use by process ${pid}: stop that one, or choose another folder`);
    }
    rmSync(claimOf(folder, pid), { force: true });
  }
  owned.add(folder);
}

/** Gives the folder back. */
export function leaveFolder(folder: string): void {
  if (owned.delete(folder)) rmSync(claimOf(folder, process.pid), { force: true });
}

/** Not so when the number of the process that has written it was given to another one, as after a restart of the machine. */
function hasWritten(pid: number, claim: string): boolean {
  try {
    return ['', startOf(pid)].includes(readFileSync(claim, 'utf8'));
  } catch {
    return false;
  }
}

function claimants(folder: string): number[] {
  return readdirSync(folder)
    .flatMap((name) => /^owner\.(\d+)$/.exec(name)?.[1] ?? [])
    .map(Number);
}
