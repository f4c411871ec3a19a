import { describe, expect, it } from '@jest/globals';
import { badBlocks, codeBlocks } from './code-block.ts';

const page = [
  '# A page',
  '```sh run',
  'echo one',
  '',
  'echo two',
  '```',
  'text',
  '````md',
  '```js',
  '```',
  '````',
].join('\n');

describe('the blocks of a page', () => {
  it('are found with their language, marks, line and code; a block in a longer fence is text', () => {
    expect(codeBlocks('a.md', page)).toEqual([
      { page: 'a.md', line: 2, language: 'sh', marks: ['run'], code: 'echo one\n\necho two' },
      { page: 'a.md', line: 8, language: 'md', marks: [], code: '```js\n```' },
    ]);
  });

  it('are found within a list, without its indentation', () => {
    const list = ['- an item', '  ```sh shown', '  if true; then', '    ls', '  fi', '  ```'].join('\n');
    expect(codeBlocks('a.md', list)).toMatchObject([{ line: 2, code: 'if true; then\n  ls\nfi' }]);
  });

  it('that do not end are an error with their place', () => {
    expect(() => codeBlocks('a.md', 'x\n```sh\nls')).toThrow('a.md:2: the block has no end');
  });

  it('that hold a program say whether a test runs them', () => {
    const pages = new Map([['a.md', '```js\n1\n```\n```json\n1\n```\n```sh shown\nnpm ci\n```\n']]);
    expect(badBlocks(pages)).toEqual(['a.md:1: a block of js is neither marked run nor shown']);
  });
});
