import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, describe, expect, it } from '@jest/globals';
import { eventually } from '@lead-rotator/eventually';
import { guardChild } from './guard-child.ts';

const module = pathToFileURL(join(import.meta.dirname, 'guard-child.ts')).href;
/** Starts a shell that starts a shell, guards them, and prints the process group of both. */
const program = `
  import { spawn } from 'node:child_process';
  const { guardChild } = await import(${JSON.stringify(module)});
  const child = spawn('sh', ['-c', 'sh -c "while :; do sleep 1; done"; :'], { detached: true, stdio: 'ignore' });
  guardChild(child);
  console.log(child.pid);`;

const owners: ChildProcess[] = [];

async function startOwner(): Promise<{ owner: ChildProcess; group: number }> {
  const owner = spawn(process.execPath, ['--input-type=module', '-e', program], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  owners.push(owner);
  const [line] = (await once(owner.stdout, 'data')) as [Buffer];
  return { owner, group: Number(line.toString()) };
}

/** How many processes there are in a group, not counting those that are gone but not yet collected. */
function inGroup(group: number): number {
  const rows = execFileSync('ps', ['-A', '-o', 'pgid=,stat='], { encoding: 'utf8' }).split('\n');
  return rows.filter((row) => Number.parseInt(row, 10) === group && !row.includes('Z')).length;
}

const untilGone = (group: number): Promise<void> => eventually(() => expect(inGroup(group)).toBe(0));

describe('a guarded child', () => {
  afterEach(() => {
    for (const owner of owners.splice(0)) owner.kill('SIGKILL');
  });

  it.each(['SIGTERM', 'SIGKILL'] as const)('ends with all it has started when its owner ends by %s', async (signal) => {
    const { owner, group } = await startOwner();
    await eventually(() => expect(inGroup(group)).toBeGreaterThan(1));
    owner.kill(signal);
    await untilGone(group);
  });

  it('ends with its owner also while it stands still', async () => {
    const { owner, group } = await startOwner();
    process.kill(-group, 'SIGSTOP');
    owner.kill('SIGKILL');
    await untilGone(group);
  });

  it('takes its guard along when it ends first', async () => {
    const child = spawn('sleep', ['60'], { detached: true, stdio: 'ignore' });
    const guard = guardChild(child);
    child.kill('SIGKILL');
    await once(child, 'exit');
    await untilGone(guard);
  });
});
