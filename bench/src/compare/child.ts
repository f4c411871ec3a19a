import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

const compiled = new URL('../../dist/compare/', import.meta.url);

/**
 * Starts a program of this folder, named without its ending, as a process of production; resolves when it says `ready`.
 * @throws with what it complained of, if it ends before
 */
export async function startChild(
  program: string,
  parameters: readonly string[],
  environment: NodeJS.ProcessEnv,
): Promise<ChildProcess> {
  const env = { ...process.env, NODE_ENV: 'production', ...environment };
  const file = fileURLToPath(new URL(`${program}.js`, compiled));
  const child = fork(file, parameters, { env, execArgv: [], stdio: ['ignore', 'ignore', 'pipe', 'ipc'] });
  let complaints = '';
  child.stderr?.on('data', (chunk: Buffer) => {
    complaints = (complaints + chunk.toString()).slice(-10_000);
  });
  const ended = once(child, 'exit').then(() => {
    throw new Error(`${program} ${parameters.join(' ')} ended:\n${complaints}`);
  });
  ended.catch(() => undefined);
  await Promise.race([once(child, 'message'), ended]);
  return child;
}

/** In the child: it is ready, and ends when its parent does. */
export function readyForParent(): void {
  process.once('disconnect', () => process.exit(0));
  process.send?.('ready');
}

/** SIGKILL, and resolves when it is gone. */
export async function killChild(child: ChildProcess | undefined): Promise<void> {
  if (child === undefined || child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, 'exit');
  child.kill('SIGKILL');
  await gone;
}
