/** A fenced block of code in a page. */
export interface CodeBlock {
  readonly page: string;
  /** Line of the opening fence, from 1. */
  readonly line: number;
  readonly language: string;
  /** What stands behind the language: `run`, `answer`, `shown`, … */
  readonly marks: readonly string[];
  readonly code: string;
}

/** Finds the fenced blocks of a page, in order. */
export function codeBlocks(page: string, markdown: string): CodeBlock[] {
  const blocks: CodeBlock[] = [];
  const lines = markdown.split('\n');
  for (let index = 0; index < lines.length; index++) {
    const fence = /^( *)(`{3,})(.*)$/.exec(lines[index] ?? '');
    if (fence === null) continue;
    const [, indent = '', ticks, info = ''] = fence;
    const end = lines.findIndex((line, at) => at > index && line === indent + ticks);
    if (end === -1) throw new Error(`${page}:${index + 1}: the block has no end`);
    const [language = '', ...marks] = info.trim().split(/\s+/);
    const code = lines.slice(index + 1, end).map((line) => line.slice(indent.length));
    blocks.push({ page, line: index + 1, language, marks, code: code.join('\n') });
    index = end;
  }
  return blocks;
}

const programs = new Set(['sh', 'js', 'ts']);

/**
 * Programs in a page are run by a test or say that they are not: `run` or `shown` behind the language. So nobody
 * believes of an example that it is tested when it is not.
 */
export function badBlocks(pages: ReadonlyMap<string, string>): string[] {
  return [...pages]
    .flatMap(([page, text]) => codeBlocks(page, text))
    .filter(({ language, marks }) => programs.has(language) && !marks.includes('run') && !marks.includes('shown'))
    .map(({ page, line, language }) => `${page}:${line}: a block of ${language} is neither marked run nor shown`);
}
