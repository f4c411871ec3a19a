import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync } from 'node:fs';
import { guardChild } from '@lead-rotator/local-server';

export interface RunningJava {
  readonly pid: number | undefined;
  /** Does nothing when it is gone already. */
  kill(signal: NodeJS.Signals): void;
  /** Resolves when the JVM is gone. A JVM that nobody waits for does not keep our process alive. */
  ended(): Promise<void>;
}

/** Starts a JVM with these jars, which ends with this process at the latest; what it prints goes to the file `log`. */
export function startJava(jars: string, args: readonly string[], log: string): RunningJava {
  const out = openSync(log, 'a');
  const java = spawn('java', args, {
    env: { ...process.env, CLASSPATH: `${jars}/*` },
    stdio: ['ignore', out, out],
    detached: true,
  });
  closeSync(out);
  guardChild(java);
  const exit = once(java, 'exit');
  java.unref();
  return {
    pid: java.pid,
    kill: (signal) => void java.kill(signal),
    ended: async () => {
      java.ref();
      await exit;
    },
  };
}
