import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import type { Socket } from 'node:net';

/**
 * A JVM that cannot outlive who started it, not even one that was killed: a shell holds the end of a pipe whose other
 * end is ours, and kills the JVM when the pipe closes. (A handler for `exit` would not run after SIGKILL.)
 */
const script = `
exec 4<&0
java "$@" </dev/null 3>&- 4<&- &
jvm=$!
echo $jvm >&3
{ read -r never <&4; kill -9 $jvm; } 3>&- 2>/dev/null &
guard=$!
wait $jvm
kill $guard
`;

export interface GuardedJava {
  readonly pid: number;
  /** Resolves when the JVM is gone. A JVM that nobody waits for does not keep our process alive. */
  ended(): Promise<void>;
}

/** Starts a JVM with these jars; what it prints goes to the file `log`. */
export async function startGuardedJava(jars: string, args: readonly string[], log: string): Promise<GuardedJava> {
  const out = openSync(log, 'a');
  const shell = spawn('sh', ['-c', script, 'kafka', ...args], {
    env: { ...process.env, CLASSPATH: `${jars}/*` },
    stdio: ['pipe', out, out, 'pipe'],
    detached: true,
  });
  closeSync(out);
  const exit = new Promise<void>((resolve) => shell.once('exit', () => resolve()));
  const pid = await readPid(shell);
  for (const stream of shell.stdio) (stream as Socket | null)?.unref();
  shell.unref();
  return {
    pid,
    ended: () => {
      shell.ref();
      return exit;
    },
  };
}

function readPid(shell: ChildProcess): Promise<number> {
  return new Promise((resolve, reject) => {
    shell.once('error', reject);
    shell.stdio[3]?.once('data', (chunk: Buffer) => resolve(Number(chunk.toString())));
  });
}
