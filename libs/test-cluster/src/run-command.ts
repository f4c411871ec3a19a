import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { guardChild } from '@lead-rotator/local-server';

/** The product's program, as `npx lead-rotator` runs it. */
export const program = fileURLToPath(new URL('../../../services/lead-rotator/bin/lead-rotator.js', import.meta.url));

/** For Node, as the program's first line has them. */
export const programFlags = ['--max-semi-space-size=64'];

export interface CommandResult {
  readonly exitCode: number | null;
  /** What it printed, both streams in the order in which they came. */
  readonly output: string;
  /** What a program that is given its output gets: without progress and messages. */
  readonly stdout: string;
}

/** Runs a command of the program to its end, or to that of this process. */
export async function runCommand(
  parameters: readonly string[],
  environment: NodeJS.ProcessEnv,
): Promise<CommandResult> {
  const child = spawn(process.execPath, [program, ...parameters], {
    env: { ...process.env, ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  });
  guardChild(child);
  let [output, stdout] = ['', ''];
  child.stdout.on('data', (chunk: Buffer) => {
    output += chunk.toString();
    stdout += chunk.toString();
  });
  child.stderr.on('data', (chunk: Buffer) => {
    output += chunk.toString();
  });
  const [exitCode] = (await once(child, 'close')) as [number | null];
  return { exitCode, output, stdout };
}
