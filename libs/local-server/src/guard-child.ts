import { type ChildProcess, spawn } from 'node:child_process';
import type { Socket } from 'node:net';

/** Kills a process group when standard input ends; a process that stands still is killed as well. */
const script = 'read -r never; kill -KILL -"$1"';

/**
 * Keeps a child that was started `detached`, and all that it starts, from outliving this process, however that ends: a
 * shell holds the end of a pipe whose other end is ours, and kills the child's process group when the pipe closes. (A
 * handler for `exit` would not run after SIGKILL.) The shell ends when the child does, and keeps nobody alive.
 * @returns the process id of the shell; 0 for a child that did not start
 */
export function guardChild(child: ChildProcess): number {
  if (child.pid === undefined) return 0;
  const guard = spawn('sh', ['-c', script, 'sh', String(child.pid)], {
    stdio: ['pipe', 'ignore', 'ignore'],
    detached: true,
  });
  child.once('exit', () => guard.kill('SIGKILL'));
  guard.unref();
  (guard.stdin as unknown as Socket).unref();
  return guard.pid ?? 0;
}
