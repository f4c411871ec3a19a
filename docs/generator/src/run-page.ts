import { type ChildProcess, spawn } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { guardChild } from '@lead-rotator/local-server';
import type { CodeBlock } from './code-block.ts';
import { matchesAnswer } from './matches-answer.ts';

const patienceMilliseconds = 60_000;

export interface PageEnvironment {
  /** Where files of the page are put and its commands run. */
  readonly folder: string;
  readonly variables: Readonly<Record<string, string>>;
  /** What stands in the page, and what is there in its place here: addresses of servers. */
  readonly instead: Readonly<Record<string, string>>;
}

/** What a page shows did not come out. */
export class PageFault extends Error {
  override readonly name = 'PageFault';
}

/**
 * Does what a page says, in order. A block of `js run file=NAME` is put into that file; `sh run` is run, `sh run until`
 * again and again until the answer fits, `sh run background` until the page is done. A block marked `answer` shows what
 * the one before it prints.
 * @throws PageFault with the place in the page, and what came out.
 */
export async function runPage(blocks: readonly CodeBlock[], environment: PageEnvironment): Promise<void> {
  const background: ChildProcess[] = [];
  try {
    for (const [index, block] of blocks.entries()) {
      if (!block.marks.includes('run')) continue;
      const next = blocks[index + 1];
      const answer = next?.marks.includes('answer') ? next : undefined;
      if (block.language !== 'sh') writeFile(block, environment);
      else if (block.marks.includes('background')) background.push(start(block, environment));
      else await runUntilAnswered(block, answer, environment);
    }
  } finally {
    await Promise.all(background.map(stop));
  }
}

async function runUntilAnswered(
  block: CodeBlock,
  answer: CodeBlock | undefined,
  environment: PageEnvironment,
): Promise<void> {
  const patientUntil = Date.now() + (block.marks.includes('until') ? patienceMilliseconds : 0);
  for (;;) {
    const { code, output } = await runShell(block, environment);
    const shown = answer === undefined ? undefined : inPlace(answer.code, environment);
    const fits = code === 0 && (shown === undefined || matchesAnswer(output, shown, answer?.language ?? ''));
    if (fits) return;
    if (Date.now() >= patientUntil) {
      const what = code === 0 ? 'does not print what the page shows' : `ended with ${code}`;
      throw new PageFault(`${block.page}:${block.line}: ${what}\n${block.code}\n--- it printed\n${output}`);
    }
    await pause(200);
  }
}

function runShell(block: CodeBlock, environment: PageEnvironment): Promise<{ code: number; output: string }> {
  const child = start(block, environment);
  let output = '';
  child.stdout?.on('data', (chunk) => {
    output += chunk;
  });
  child.stderr?.on('data', (chunk) => {
    output += chunk;
  });
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => resolve({ code: code ?? 1, output }));
  });
}

function start(block: CodeBlock, { folder, variables, ...rest }: PageEnvironment): ChildProcess {
  const script = inPlace(block.code, { folder, variables, ...rest });
  const child = spawn('bash', ['-euo', 'pipefail', '-c', script], {
    cwd: folder,
    env: { ...process.env, ...variables },
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  guardChild(child);
  return child;
}

/** Ends a command and whatever it has started. */
async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.pid === undefined) return;
  const ended = new Promise((resolve) => child.once('close', resolve));
  process.kill(-child.pid, 'SIGTERM');
  await ended;
}

function writeFile(block: CodeBlock, environment: PageEnvironment): void {
  const name = block.marks.find((mark) => mark.startsWith('file='))?.slice('file='.length);
  if (name === undefined)
    throw new PageFault(`${block.page}:${block.line}: needs file=NAME, to be run by a later block`);
  writeFileSync(join(environment.folder, name), inPlace(block.code, environment));
}

function inPlace(text: string, { instead }: PageEnvironment): string {
  return Object.entries(instead).reduce((result, [shown, real]) => result.replaceAll(shown, real), text);
}
