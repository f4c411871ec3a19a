#!/usr/bin/env node
// The program needs the Node that the repository pins; an older one hands over to it.
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
  const child = spawn(node, process.argv.slice(1), { stdio: ['inherit', 'inherit', 'inherit', 'ipc'] });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  child.on('error', (error) => {
    console.error(`the Node that comes with lead-rotator does not start: ${error.message}`);
    process.exitCode = 1;
  });
  child.on('exit', (code, signal) => {
    process.exitCode = code ?? (signal === null ? 1 : 128);
  });
}
