import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { pathToFileURL } from 'node:url';
import { describe, expect, it } from '@jest/globals';
import { eventually } from '@lead-rotator/eventually';
import { findFreePort } from './find-free-port.ts';

const module = pathToFileURL(join(import.meta.dirname, 'find-free-port.ts')).href;

/** A process that looks for so many ports, prints them, and stays until it is told to end. */
function startFinder(count: number) {
  const program = `
    const { findFreePort } = await import(${JSON.stringify(module)});
    const found = [];
    for (let at = 0; at < ${count}; at += 1) found.push(await findFreePort());
    process.stdout.end(JSON.stringify(found));
    process.stdin.resume();`;
  return spawn(process.execPath, ['--input-type=module', '-e', program], { stdio: ['pipe', 'pipe', 'inherit'] });
}

describe('a free port', () => {
  it('is none that an outgoing connection may be given before the server listens on it', async () => {
    const found: number[] = [];
    for (let at = 0; at < 200; at += 1) found.push(await findFreePort());
    // Linux gives out 32768 to 60999, others 49152 to 65535.
    expect(found.filter((port) => port < 1024 || port >= 32_768)).toEqual([]);
    expect(new Set(found).size).toBe(200);
  });

  it('is given to one of the processes that look for one at the same time', async () => {
    const finders = Array.from({ length: 4 }, () => startFinder(300));
    const lists = await Promise.all(finders.map(async ({ stdout }) => JSON.parse(await text(stdout)) as number[]));
    for (const finder of finders) finder.stdin.end();
    await Promise.all(finders.map((finder) => finder.exitCode ?? once(finder, 'exit')));
    expect(lists.map((list) => list.length)).toEqual([300, 300, 300, 300]);
    expect(new Set(lists.flat()).size).toBe(1_200);
  });

  it('is the one that is wanted, unless somebody has it', async () => {
    // Another process may take a port as soon as it is given back: then another one is tried.
    await eventually(async () => {
      const finder = startFinder(1);
      const [port] = JSON.parse(await text(finder.stdout)) as number[];
      const whileTaken = await findFreePort(port);
      finder.stdin.end();
      await (finder.exitCode ?? once(finder, 'exit'));
      const wanted = await findFreePort(port);
      expect(whileTaken).not.toBe(port);
      expect(wanted).toBe(port);
    });
    expect(await findFreePort(22)).toBeGreaterThan(1_023);
  });

  it('is one that can be listened on at once', async () => {
    const server = createServer().listen(await findFreePort(), '127.0.0.1');
    await once(server, 'listening');
    server.close();
  });
});
