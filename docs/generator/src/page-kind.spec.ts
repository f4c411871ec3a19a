import { describe, expect, it } from '@jest/globals';
import { pagesWithoutKind } from './page-kind.ts';

describe('the kind of a page', () => {
  it('is said below its title, and is that of its folder', () => {
    const pages = new Map([
      ['docs/how-to/a.md', '# A\n\n*How-to.* Do it.'],
      ['docs/how-to/b.md', '# B\n\n*Reference.* It is.'],
      ['docs/reference/c.md', '<!-- made -->\n\n# C\n\nIt is.'],
      ['docs/README.md', '# Documentation'],
    ]);
    expect(pagesWithoutKind(pages)).toEqual([
      'docs/how-to/b.md: does not begin with *How-to.*',
      'docs/reference/c.md: does not begin with *Reference.*',
    ]);
  });
});
