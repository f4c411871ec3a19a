import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from '@jest/globals';
import { codeBlocks } from './code-block.ts';
import { PageFault, runPage } from './run-page.ts';

const folder = mkdtempSync(join(tmpdir(), 'lead-rotator-page-'));
afterAll(() => rmSync(folder, { recursive: true }));
const run = (...lines: readonly string[]) =>
  runPage(codeBlocks('a.md', lines.join('\n')), {
    folder,
    variables: { NAME: 'kim' },
    instead: { 'example:1': 'real:2' },
  });

describe('a page', () => {
  it('is done in order, with its files, variables and the real addresses', async () => {
    await run(
      '```js run file=say.js',
      'console.log(JSON.stringify({ name: process.env.NAME, at: "example:1" }))',
      '```',
      '```sh run',
      'node say.js',
      '```',
      '```json answer',
      '{ "name": "kim", "at": "example:1" }',
      '```',
    );
  });

  it('is at fault when something else comes out, or a command fails', async () => {
    await expect(run('```sh run', 'echo 2', '```', '```text answer', '1', '```')).rejects.toThrow(
      new PageFault('a.md:1: does not print what the page shows\necho 2\n--- it printed\n2\n'),
    );
    await expect(run('text', '```sh run', 'false', '```')).rejects.toThrow('a.md:2: ended with 1');
  });

  it('waits for an answer where it says so, while a command runs in the background', async () => {
    await run(
      '```sh run background',
      'rm -f later; sleep 0.5; echo done > later; sleep 100',
      '```',
      '```sh run until',
      'cat later',
      '```',
      '```text answer',
      'done',
      '```',
    );
  });

  it('leaves blocks alone that are only shown', async () => {
    await run('```sh shown', 'false', '```');
  });
});
