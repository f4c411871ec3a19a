import { describe, expect, it } from '@jest/globals';
import { anchorsOf, deadLinks } from './links.ts';

const read = (path: string): string => {
  if (path === 'docs/data.json') return '{}';
  throw new Error(`no ${path}`);
};

describe('links between pages', () => {
  it('are dead when there is no such file or heading', () => {
    const pages = new Map([
      ['docs/a.md', '[1](b.md) [2](b.md#two-words) [3](b.md#three) [4](gone.md) [5](data.json) [6](https://x.example)'],
      ['docs/b.md', '# B\n## Two words\n[a](./a.md) [up](../README.md) [here](#b) `[not](a-link.md)`'],
    ]);
    expect(deadLinks(pages, read)).toEqual([
      'docs/a.md: the link b.md#three leads nowhere',
      'docs/a.md: the link gone.md leads nowhere',
      'docs/b.md: the link ../README.md leads nowhere',
    ]);
  });

  it('go to headings by the anchors that GitHub gives them', () => {
    const text = '# What’s `new`, in 2?\n## Same\n## Same\n```\n# not a heading\n```\n### queue-hidden, queue-preview';
    expect([...anchorsOf(text)]).toEqual(['whats-new-in-2', 'same', 'same-1', 'queue-hidden-queue-preview']);
  });
});
