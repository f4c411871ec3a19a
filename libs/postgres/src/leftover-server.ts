import { execFileSync } from 'node:child_process';
import { readFileSync, readlinkSync, rmSync } from 'node:fs';
import { basename } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/**
 * Makes way for a new server in a data folder whose last owner is gone: a server that outlived it is stopped (by a
 * fast shutdown, which loses nothing), and a lock file whose process number now belongs to another program is removed,
 * since PostgreSQL would take that program for a server and refuse to start.
 */
export async function stopLeftover(dataFolder: string): Promise<void> {
  const lockFile = `${dataFolder}/postmaster.pid`;
  const pid = readNumber(lockFile);
  if (pid === undefined) return;
  if (!isRunning(pid, 'postgres')) {
    rmSync(lockFile, { force: true });
    return;
  }
  for (const signal of ['SIGINT', 'SIGQUIT'] as const) {
    process.kill(pid, signal);
    for (let waited = 0; waited < 10_000; waited += 50) {
      if (!isRunning(pid, 'postgres')) return;
      await sleep(50);
    }
  }
  throw new Error(`a PostgreSQL (process ${pid}) holds ${dataFolder} and does not stop`);
}

/** The number on the first line of a file, as of a process or port, if there is one. */
export function readNumber(file: string): number | undefined {
  try {
    const number = Number.parseInt(readFileSync(file, 'utf8'), 10);
    return Number.isSafeInteger(number) && number > 0 ? number : undefined;
  } catch {
    return undefined;
  }
}

/** True if the process runs, and the program it runs has that name (its arguments may hold any word). */
export function isRunning(pid: number, program: string): boolean {
  try {
    process.kill(pid, 0);
    return programOf(pid) === program;
  } catch {
    return false;
  }
}

/** When a process started, in a form that no later one of its number has; '' where the system does not say. */
export function startOf(pid: number): string {
  if (process.platform !== 'linux') return '';
  // Behind the name, which may hold anything, the 20th field: ticks since the machine's start.
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
  return `${boot} ${stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19]}`;
}

function programOf(pid: number): string {
  if (process.platform === 'linux') return basename(readlinkSync(`/proc/${pid}/exe`)).replace(' (deleted)', '');
  return basename(execFileSync('ps', ['-p', String(pid), '-o', 'comm='], { encoding: 'utf8' }).trim());
}
