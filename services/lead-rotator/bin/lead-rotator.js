#!/usr/bin/env -S node --max-semi-space-size=64
// The program needs the Node that the repository pins; an older one hands over to it. Batches of leads live as long as
// an append takes: with V8's own 16 MB for the young, they were copied about, and collecting took a router 22 % of its
// time in place of 15 %.
import { spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

const needed = 26;

if (Number.parseInt(process.versions.node, 10) >= needed) {
  await import('../dist/main.js');
} else {
  const packageJson = createRequire(import.meta.url).resolve('node/package.json');
  const node = join(dirname(packageJson), 'bin', process.platform === 'win32' ? 'node.exe' : 'node');
  // The channel tells the child when this process is gone, however it went.
  const child = spawn(node, [...process.execArgv, ...process.argv.slice(1)], {
    stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
  });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  child.on('error', (error) => {
    console.error(`the Node that comes with lead-rotator does not start: ${error.message}`);
    process.exitCode = 1;
  });
  child.on('exit', (code, signal) => {
    process.exitCode = code ?? (signal === null ? 1 : 128);
  });
}
